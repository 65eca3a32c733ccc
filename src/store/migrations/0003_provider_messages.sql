CREATE TABLE "provider_message" (
	"channel" text NOT NULL,
	"provider_id" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "provider_message_channel_provider_id_pk" PRIMARY KEY("channel","provider_id")
);
