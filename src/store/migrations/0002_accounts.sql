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
ALTER TABLE "api_key" ADD COLUMN "scope" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "expires_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "reason" "bytea";--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "key_id" text;--> statement-breakpoint
CREATE INDEX "identity_grant_account" ON "identity_grant" USING btree ("account_id","until");--> statement-breakpoint
CREATE INDEX "session_account" ON "session" USING btree ("account_id");