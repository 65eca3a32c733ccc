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
CREATE TABLE "inbox" (
	"person" text NOT NULL,
	"key" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp(3) with time zone,
	CONSTRAINT "inbox_person_key_pk" PRIMARY KEY("person","key")
);
--> statement-breakpoint
CREATE TABLE "short_link" (
	"hash" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"person" text NOT NULL,
	"issued_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "change_entry_area" ON "change_entry" USING btree ("area","seq");--> statement-breakpoint
CREATE INDEX "inbox_person" ON "inbox" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "short_link_expires" ON "short_link" USING btree ("expires_at");