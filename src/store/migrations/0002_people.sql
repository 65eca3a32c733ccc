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
CREATE INDEX "inbox_person" ON "inbox" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "short_link_expires" ON "short_link" USING btree ("expires_at");