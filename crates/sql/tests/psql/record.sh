#!/bin/sh
# Records what PostgreSQL 15 says to the statements on standard input, each run by itself:
#   psql/record.sh < psql/syntax.sql > psql/syntax.out
# in an empty database that PGHOST, PGPORT, PGUSER and PGDATABASE name.
export PGDATESTYLE='ISO, MDY' PGTZ=UTC
statement=
while IFS= read -r line; do
    case $line in '' | --*) continue ;; esac
    statement="$statement$line
"
    case $line in
    *\;)
        printf '%s' "$statement"
        psql -X -q -v VERBOSITY=verbose -c "${statement%;*}" 2>&1 </dev/null | grep -vE '^(LOCATION|(SCHEMA|TABLE|COLUMN|CONSTRAINT|DATATYPE) NAME):'
        statement=
        ;;
    esac
done
