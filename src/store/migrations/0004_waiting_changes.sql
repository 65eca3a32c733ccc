CREATE TABLE "waiting_change" (
	"nr" serial PRIMARY KEY NOT NULL,
	"done_at" timestamp(3) with time zone NOT NULL,
	"change" jsonb NOT NULL
);
