/** Every version in one place. Images by official short names; what runs without containers has the same release or, of Debian, at least this one. */
export const NODE_IMAGE = 'node:20.19.5-bookworm-slim';
export const POSTGRES_IMAGE = 'postgres:17.6-bookworm';
export const NGINX_IMAGE = 'nginx:1.28.0-alpine';
export const TEMPORAL_VERSION = '1.31.2';
export const TEMPORAL_IMAGE = `temporalio/server:${TEMPORAL_VERSION}`;
export const TEMPORAL_TOOLS_IMAGE = `temporalio/admin-tools:${TEMPORAL_VERSION}`;
export const TEMPORAL_UI_IMAGE = 'temporalio/ui:2.49.1';
/** Built from the Dockerfile. */
export const BUILD = '0.1.0';
export const FENGHUO_IMAGE = `fenghuo:${BUILD}`;

/** The oldest PostgreSQL that both Temporal and we are run on: Debian 12's. */
export const POSTGRES_AT_LEAST = 15;
