CREATE TABLE "guard_finding" (
	"key" text NOT NULL,
	"first_seen" timestamp(3) with time zone NOT NULL,
	"last_seen" timestamp(3) with time zone NOT NULL,
	"mended_at" timestamp(3) with time zone,
	CONSTRAINT "guard_finding_key_first_seen_pk" PRIMARY KEY("key","first_seen")
);
--> statement-breakpoint
CREATE TABLE "roster_edition" (
	"body" text NOT NULL,
	"nr" integer NOT NULL,
	"json" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"source_hash" text NOT NULL,
	"undone_by" text,
	"undone_at" timestamp(3) with time zone,
	CONSTRAINT "roster_edition_body_nr_pk" PRIMARY KEY("body","nr")
);
--> statement-breakpoint
CREATE INDEX "guard_finding_open" ON "guard_finding" USING btree ("key") WHERE "guard_finding"."mended_at" is null;