CREATE TABLE "attachment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"stage_id" text,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"type" text NOT NULL,
	"file" "bytea",
	"key_id" text NOT NULL,
	"name" "bytea",
	"name_key_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"noted_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "device" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"known_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"template" text NOT NULL,
	"name" text NOT NULL,
	"drill" boolean NOT NULL,
	"status" text NOT NULL,
	"series" text,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp(3) with time zone NOT NULL,
	"verifying" jsonb NOT NULL,
	"content_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"old_id" uuid,
	"old_act" text,
	"year" integer,
	"nr" integer,
	"signed_by" text,
	"signed_at" timestamp(3) with time zone,
	"replaced_by" uuid,
	"discarded_by" text,
	"discarded_at" timestamp(3) with time zone,
	"noted_at" timestamp(3) with time zone,
	CONSTRAINT "document_number_once" UNIQUE("series","year","drill","nr")
);
--> statement-breakpoint
CREATE TABLE "document_scan" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"type" text NOT NULL,
	"file" "bytea",
	"key_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"noted_at" timestamp(3) with time zone,
	CONSTRAINT "document_scan_once" UNIQUE("document_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "document_series" (
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"drill" boolean NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "document_series_series_year_drill_pk" PRIMARY KEY("series","year","drill")
);
--> statement-breakpoint
CREATE TABLE "happening" (
	"pos" bigserial PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"office" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_proposal" (
	"nr" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_proposal_nr_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"edition" text NOT NULL,
	"hash" text NOT NULL,
	"text" text NOT NULL,
	"kind" text NOT NULL,
	"upon" text NOT NULL,
	"document_number" text,
	"scan_hash" text,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"reason" text NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp(3) with time zone,
	"decision_reason" text,
	"publication" integer,
	CONSTRAINT "plan_proposal_publication_unique" UNIQUE("publication")
);
--> statement-breakpoint
CREATE TABLE "provider_message" (
	"channel" text NOT NULL,
	"provider_id" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "provider_message_channel_provider_id_pk" PRIMARY KEY("channel","provider_id")
);
--> statement-breakpoint
CREATE TABLE "waiting_change" (
	"nr" serial PRIMARY KEY NOT NULL,
	"done_at" timestamp(3) with time zone NOT NULL,
	"change" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "handover" ADD COLUMN "withdrawn_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "identity_read" ADD COLUMN "disclosed_to" text;--> statement-breakpoint
CREATE INDEX "attachment_incident" ON "attachment" USING btree ("incident_id","at");--> statement-breakpoint
CREATE INDEX "attachment_unnoted" ON "attachment" USING btree ("at") WHERE "attachment"."noted_at" is null;--> statement-breakpoint
CREATE INDEX "device_account" ON "device" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "document_incident" ON "document" USING btree ("incident_id","drafted_at");--> statement-breakpoint
CREATE INDEX "happening_office" ON "happening" USING btree ("office","pos");--> statement-breakpoint
CREATE INDEX "stage_open_of_incident" ON "stage" USING btree ("incident_id","due_at") WHERE "stage"."resolved_at" is null;