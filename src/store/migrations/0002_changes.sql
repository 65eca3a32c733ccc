CREATE TABLE "change_entry" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"by" text NOT NULL,
	"via" text NOT NULL,
	"area" text NOT NULL,
	"subject" text NOT NULL,
	"from" jsonb,
	"to" jsonb,
	"personal" jsonb NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_head" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "last_seen" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE INDEX "change_entry_area" ON "change_entry" USING btree ("area","seq");