CREATE TABLE "account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"person" text,
	"role" text NOT NULL,
	"jurisdiction" text NOT NULL,
	"password_hash" text,
	"must_change_password" boolean NOT NULL,
	"oidc_subject" text,
	"expires_at" timestamp(3) with time zone,
	"disabled_at" timestamp(3) with time zone,
	"rights_at" timestamp(3) with time zone NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_name_unique" UNIQUE("name"),
	CONSTRAINT "account_oidc_subject_unique" UNIQUE("oidc_subject")
);
--> statement-breakpoint
CREATE TABLE "identity_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"granted_by" uuid NOT NULL,
	"granted_at" timestamp(3) with time zone NOT NULL,
	"until" timestamp(3) with time zone NOT NULL,
	"reason" "bytea" NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"signed_in_at" timestamp(3) with time zone NOT NULL,
	"token_at" timestamp(3) with time zone NOT NULL,
	"seen_at" timestamp(3) with time zone NOT NULL,
	"replaced_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_brake" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamp(3) with time zone NOT NULL,
	"locked_until" timestamp(3) with time zone
);
--> statement-breakpoint
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
ALTER TABLE "api_key" ADD COLUMN "scope" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "expires_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "reason" "bytea";--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "acknowledged_via" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "arrived_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "declined_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "revoked_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "identity_grant_account" ON "identity_grant" USING btree ("account_id","until");--> statement-breakpoint
CREATE INDEX "session_account" ON "session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "change_entry_area" ON "change_entry" USING btree ("area","seq");--> statement-breakpoint
CREATE INDEX "handover_offered" ON "handover" USING btree ("offered_at","id");--> statement-breakpoint
CREATE INDEX "inbox_person" ON "inbox" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "short_link_expires" ON "short_link" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "guard_finding_open" ON "guard_finding" USING btree ("key") WHERE "guard_finding"."mended_at" is null;