ALTER TABLE "delivery_claim" ADD COLUMN "decided_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_claim" ADD COLUMN "first_attempt" integer DEFAULT 1 NOT NULL;