CREATE TABLE "happening" (
	"pos" bigserial PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"office" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "happening_office" ON "happening" USING btree ("office","pos");--> statement-breakpoint
CREATE INDEX "stage_open_of_incident" ON "stage" USING btree ("incident_id","due_at") WHERE "stage"."resolved_at" is null;