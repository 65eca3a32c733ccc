CREATE TABLE "handover" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_person" text NOT NULL,
	"to_person" text NOT NULL,
	"office" text,
	"note_key_id" text,
	"note" "bytea",
	"duties" jsonb NOT NULL,
	"offered_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp(3) with time zone,
	"results" jsonb
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "acknowledged_via" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "arrived_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "declined_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "revoked_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "handover_offered" ON "handover" USING btree ("offered_at","id");