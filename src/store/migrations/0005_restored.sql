CREATE TABLE "restored" (
	"id" uuid PRIMARY KEY NOT NULL,
	"taken_at" timestamp(3) with time zone NOT NULL,
	"restored_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"reconciled_at" timestamp(3) with time zone,
	"found" jsonb
);
