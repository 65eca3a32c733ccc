CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"key" text NOT NULL,
	"attempt" integer NOT NULL,
	"person" text NOT NULL,
	"channel" text NOT NULL,
	"result" text NOT NULL,
	"code" text,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attempt_key_attempt_pk" PRIMARY KEY("key","attempt")
);
--> statement-breakpoint
CREATE TABLE "chain_head" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"mac" text NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_claim" (
	"key" text PRIMARY KEY NOT NULL,
	"person" text,
	"channel" text,
	"owner" text NOT NULL,
	"attempt" integer NOT NULL,
	"leased_until" timestamp(3) with time zone NOT NULL,
	"result" text,
	"code" text,
	"attempts" integer,
	"settled_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"incident_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	"personal" jsonb NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "entry_incident_id_seq_pk" PRIMARY KEY("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "identity_read" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"api_key_id" text NOT NULL,
	"route" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text,
	"drill" boolean NOT NULL,
	"plan_key" text NOT NULL,
	"plan_edition" text NOT NULL,
	"plan_hash" text NOT NULL,
	"event_type" text,
	"office" text NOT NULL,
	"branch" text,
	"branch_name" text,
	"status" text NOT NULL,
	"closed_as" text,
	"occurred_at" text,
	"discovered_at" text,
	"received_at" timestamp(3) with time zone NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"closed_at" timestamp(3) with time zone,
	"subjects" integer NOT NULL,
	"missing" jsonb NOT NULL,
	"marks" jsonb NOT NULL,
	"body_hash" text NOT NULL,
	"api_key_id" text NOT NULL,
	"last_seq" integer NOT NULL,
	CONSTRAINT "incident_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "incident_branch" (
	"incident_id" uuid NOT NULL,
	"entry" integer NOT NULL,
	"branch" text NOT NULL,
	"branch_name" text NOT NULL,
	"clause" text NOT NULL,
	"run_id" text NOT NULL,
	"entered_at" timestamp(3) with time zone NOT NULL,
	"left_at" timestamp(3) with time zone,
	"chosen" text NOT NULL,
	"by" text,
	CONSTRAINT "incident_branch_incident_id_entry_pk" PRIMARY KEY("incident_id","entry")
);
--> statement-breakpoint
CREATE TABLE "incident_number" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"prefix" text NOT NULL,
	"year" integer NOT NULL,
	"drill" boolean NOT NULL,
	"nr" integer NOT NULL,
	CONSTRAINT "incident_number_once" UNIQUE("prefix","year","drill","nr")
);
--> statement-breakpoint
CREATE TABLE "message" (
	"key" text PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"stage_id" text NOT NULL,
	"opening" integer NOT NULL,
	"line" text NOT NULL,
	"kind" text NOT NULL,
	"party" text NOT NULL,
	"party_name" text NOT NULL,
	"outside" boolean NOT NULL,
	"urgency" text NOT NULL,
	"duty" text NOT NULL,
	"rung" integer NOT NULL,
	"repeat" integer NOT NULL,
	"person" text,
	"channel" text,
	"sent_at" timestamp(3) with time zone NOT NULL,
	"accepted_at" timestamp(3) with time zone,
	"refused_at" timestamp(3) with time zone,
	"acknowledged_at" timestamp(3) with time zone,
	"acknowledged_by" text,
	"result" text,
	"code" text,
	"attempts" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "number_series" (
	"prefix" text NOT NULL,
	"year" integer NOT NULL,
	"drill" boolean NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "number_series_prefix_year_drill_pk" PRIMARY KEY("prefix","year","drill")
);
--> statement-breakpoint
CREATE TABLE "plan_edition" (
	"key" text NOT NULL,
	"edition" text NOT NULL,
	"hash" text NOT NULL,
	"text" text NOT NULL,
	"first_seen_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_edition_key_edition_hash_pk" PRIMARY KEY("key","edition","hash")
);
--> statement-breakpoint
CREATE TABLE "run_archive" (
	"incident_id" uuid NOT NULL,
	"run_id" text NOT NULL,
	"workflow_type" text NOT NULL,
	"ended_at" timestamp(3) with time zone NOT NULL,
	"history" "bytea" NOT NULL,
	CONSTRAINT "run_archive_incident_id_run_id_pk" PRIMARY KEY("incident_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "sealed" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL,
	"salt" "bytea",
	"key_id" text NOT NULL,
	"ciphertext" "bytea",
	"erased_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "stage" (
	"incident_id" uuid NOT NULL,
	"stage_id" text NOT NULL,
	"opening" integer NOT NULL,
	"entry" integer NOT NULL,
	"stage" text NOT NULL,
	"stage_name" text NOT NULL,
	"clause" text NOT NULL,
	"source" text NOT NULL,
	"owner" text NOT NULL,
	"duty" text NOT NULL,
	"plan_text" text,
	"within" text,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"due_at" timestamp(3) with time zone,
	"overdue_at" timestamp(3) with time zone,
	"resolved_at" timestamp(3) with time zone,
	"outcome" text,
	"resolved_by" text,
	"holder" text,
	CONSTRAINT "stage_incident_id_stage_id_opening_pk" PRIMARY KEY("incident_id","stage_id","opening")
);
--> statement-breakpoint
CREATE INDEX "identity_read_incident" ON "identity_read" USING btree ("incident_id","at");--> statement-breakpoint
CREATE INDEX "incident_opened" ON "incident" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "incident_status_opened" ON "incident" USING btree ("status","opened_at","id");--> statement-breakpoint
CREATE INDEX "message_incident" ON "message" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "sealed_incident" ON "sealed" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "stage_open_due" ON "stage" USING btree ("due_at") WHERE "stage"."resolved_at" is null;