CREATE TABLE "accountability_entry" (
	"incident_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"by" text NOT NULL,
	"via" text NOT NULL,
	"data" jsonb NOT NULL,
	"personal" jsonb NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "accountability_entry_incident_id_seq_pk" PRIMARY KEY("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "accountability_head" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bundle" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"bundle_id" uuid,
	"made_at" timestamp(3) with time zone,
	"size" bigint,
	"sha256" text,
	"head" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"failed_at" timestamp(3) with time zone,
	"generation" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bundle_piece" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"bundle_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"piece" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bundle_piece_once" UNIQUE("bundle_id","nr")
);
--> statement-breakpoint
CREATE TABLE "erasure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"basis" text NOT NULL,
	"legal_basis" text,
	"proposed_by" text NOT NULL,
	"proposed_via" text NOT NULL,
	"proposed_at" timestamp(3) with time zone NOT NULL,
	"reason" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp(3) with time zone,
	"values" integer,
	"files" integer,
	"runs" jsonb,
	"change" integer
);
--> statement-breakpoint
CREATE TABLE "drill" (
	"id" uuid PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"starts_at" timestamp(3) with time zone NOT NULL,
	"pace" integer NOT NULL,
	"sealed_order" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp(3) with time zone NOT NULL,
	"approved_by" text,
	"approved_at" timestamp(3) with time zone,
	"started_at" timestamp(3) with time zone,
	"ended_at" timestamp(3) with time zone,
	"withdrawn_by" text,
	"score" jsonb,
	"scored_by" text,
	"scored_at" timestamp(3) with time zone,
	"finished_by" text,
	"finished_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "drill_consent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"drill_id" uuid NOT NULL,
	"office" text NOT NULL,
	"party" text NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"type" text NOT NULL,
	"file" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drill_consent_once" UNIQUE("drill_id","office","party","sha256")
);
--> statement-breakpoint
CREATE TABLE "drill_office" (
	"drill_id" uuid NOT NULL,
	"office" text NOT NULL,
	"status" text NOT NULL,
	"participants" jsonb NOT NULL,
	"incidents" jsonb NOT NULL,
	"injects" jsonb NOT NULL,
	"code" text,
	"started_at" timestamp(3) with time zone,
	"ended_at" timestamp(3) with time zone,
	"ended_by" text,
	"real_incident" uuid,
	CONSTRAINT "drill_office_drill_id_office_pk" PRIMARY KEY("drill_id","office")
);
--> statement-breakpoint
CREATE TABLE "register_limit" (
	"name" text PRIMARY KEY NOT NULL,
	"period" text NOT NULL,
	"set_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revision_prompt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"incident_id" uuid,
	"raised_at" timestamp(3) with time zone NOT NULL,
	"raised_by" text,
	"words" "bytea",
	"words_key_id" text,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp(3) with time zone,
	"reason" "bytea",
	"reason_key_id" text,
	"edition" text,
	CONSTRAINT "revision_prompt_once" UNIQUE("cause","incident_id")
);
--> statement-breakpoint
CREATE TABLE "screening" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"held_on" date NOT NULL,
	"participants" jsonb NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "screening_finding" (
	"id" uuid PRIMARY KEY NOT NULL,
	"screening" uuid NOT NULL,
	"risk" text NOT NULL,
	"owner" text NOT NULL,
	"due_on" date NOT NULL,
	"words" "bytea",
	"words_key_id" text NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"ended_by" text,
	"ended" "bytea",
	"ended_key_id" text
);
--> statement-breakpoint
CREATE TABLE "study" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"key" text NOT NULL,
	"edition" text NOT NULL,
	"hash" text NOT NULL,
	"studied_on" date NOT NULL,
	"session" uuid,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "study_once" UNIQUE("key","edition","person","studied_on")
);
--> statement-breakpoint
CREATE TABLE "study_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"body" text NOT NULL,
	"key" text NOT NULL,
	"edition" text NOT NULL,
	"held_on" date NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_document" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"report" integer NOT NULL,
	"times_confirmed_by" text,
	"times_confirmed_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "watch_beat" (
	"queue" text PRIMARY KEY NOT NULL,
	"beats" integer NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watch_word" (
	"id" integer PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"said" boolean NOT NULL,
	"by" text,
	"since" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "bundle_piece_incident" ON "bundle_piece" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "erasure_incident" ON "erasure" USING btree ("incident_id","proposed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_one_open" ON "erasure" USING btree ("incident_id") WHERE "erasure"."decision" is null;--> statement-breakpoint
CREATE INDEX "drill_starts" ON "drill" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "drill_office_status" ON "drill_office" USING btree ("status");--> statement-breakpoint
CREATE INDEX "drill_office_year" ON "drill_office" USING btree ("office","started_at");--> statement-breakpoint
CREATE INDEX "screening_office" ON "screening" USING btree ("office","held_on");--> statement-breakpoint
CREATE INDEX "screening_finding_of" ON "screening_finding" USING btree ("screening");--> statement-breakpoint
CREATE INDEX "screening_finding_open" ON "screening_finding" USING btree ("due_on");--> statement-breakpoint
CREATE INDEX "report_document_incident" ON "report_document" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "message_unsettled" ON "message" USING btree ("sent_at") WHERE "message"."result" is null;