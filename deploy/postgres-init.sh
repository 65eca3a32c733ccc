#!/bin/sh
# Roles and databases of a fresh PostgreSQL: run once by the image, and by `npm run topology`. Passwords come from files and stand
# in no command line.
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<SQL
\\set temporal_password \`cat "$TEMPORAL_PASSWORD_FILE"\`
\\set fenghuo_password \`cat "$FENGHUO_PASSWORD_FILE"\`
create role temporal login password :'temporal_password';
create role fenghuo login password :'fenghuo_password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
create database fenghuo owner fenghuo;
revoke connect on database fenghuo, temporal, temporal_visibility from public;
SQL
