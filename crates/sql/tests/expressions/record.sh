#!/bin/sh
# Asks PostgreSQL 15 for every expression of these files anew and writes its answers behind them, in a database that PGHOST, PGPORT,
# PGUSER and PGDATABASE name.
set -e
cd "$(dirname "$0")"

ask() {
    psql -qAtX -v file="$1.txt" -v datestyle="$2" -v zone="$3" -v intervals="$4" -f record.sql > "$1.new"
    mv "$1.new" "$1.txt"
}

for file in numbers texts times aggregates unread; do
    ask $file 'ISO, MDY' UTC postgres
done
# With the settings of PostgreSQL's own tests.
ask regression 'Postgres, MDY' PST8PDT postgres_verbose
