CREATE TABLE "device" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"known_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "device_account" ON "device" USING btree ("account_id");