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
CREATE INDEX "attachment_incident" ON "attachment" USING btree ("incident_id","at");--> statement-breakpoint
CREATE INDEX "attachment_unnoted" ON "attachment" USING btree ("at") WHERE "attachment"."noted_at" is null;