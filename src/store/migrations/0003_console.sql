CREATE TABLE "device" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"known_at" timestamp(3) with time zone NOT NULL
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
CREATE INDEX "device_account" ON "device" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "happening_office" ON "happening" USING btree ("office","pos");--> statement-breakpoint
CREATE INDEX "stage_open_of_incident" ON "stage" USING btree ("incident_id","due_at") WHERE "stage"."resolved_at" is null;