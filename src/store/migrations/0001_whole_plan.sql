CREATE TABLE "report" (
	"incident_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"kind" text NOT NULL,
	"verifying" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "report_incident_id_nr_pk" PRIMARY KEY("incident_id","nr")
);
--> statement-breakpoint
CREATE TABLE "sub_case" (
	"incident_id" uuid NOT NULL,
	"sub_case" uuid NOT NULL,
	"branch" text NOT NULL,
	"subjects" jsonb NOT NULL,
	"by" text NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"ended_as" text,
	CONSTRAINT "sub_case_incident_id_sub_case_pk" PRIMARY KEY("incident_id","sub_case")
);
--> statement-breakpoint
CREATE TABLE "subject" (
	"incident_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"safety" text NOT NULL,
	"outcome" text,
	"added_at" timestamp(3) with time zone NOT NULL,
	"changed_at" timestamp(3) with time zone,
	CONSTRAINT "subject_incident_id_nr_pk" PRIMARY KEY("incident_id","nr")
);
--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "response_ended_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "stage" ADD COLUMN "starts_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "stage" ADD COLUMN "automatic" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "stage" ADD COLUMN "continued" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "incident_office_received" ON "incident" USING btree ("office","received_at");--> statement-breakpoint
CREATE INDEX "incident_parent" ON "incident" USING btree ("parent_id") WHERE "incident"."parent_id" is not null;--> statement-breakpoint
INSERT INTO "subject" ("incident_id", "nr", "safety", "added_at")
SELECT "id", "nr", 'unknown', "opened_at" FROM "incident", generate_series(1, "subjects") AS "nr";
