#!/bin/sh
# Brings Temporal's own tables to the version of its server. May be run again at any time.
set -eu
SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD
: "${SQL_TOOL:=temporal-sql-tool}"
: "${SCHEMA:=/etc/temporal/schema/postgresql/v12}"

for part in temporal:temporal temporal_visibility:visibility; do
  database=${part%%:*}
  tool() { "$SQL_TOOL" --plugin postgres12 --database "$database" "$@"; }
  # It drops nothing: where there is a version already it only says so.
  tool setup-schema --version 0.0
  tool update-schema --schema-dir "$SCHEMA/${part##*:}/versioned"
done
