CREATE TABLE "build" (
	"deployment" text NOT NULL,
	"build_id" text NOT NULL,
	"code" text NOT NULL,
	"first_seen_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"other_code" text,
	"other_seen_at" timestamp(3) with time zone,
	CONSTRAINT "build_deployment_build_id_pk" PRIMARY KEY("deployment","build_id")
);
