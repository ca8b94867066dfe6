#!/bin/sh
# Records how PostgreSQL 15 reads and joins tables for the SELECT, UPDATE and DELETE statements on standard input, and runs the others:
#   psql/plans.sh < psql/plans.sql > psql/plans.out
# in an empty database that PGHOST, PGPORT, PGUSER and PGDATABASE name. Only what reads and joins is kept; a merge is a hash join whose
# sides are sorted.
while IFS= read -r line; do
    case $line in '' | --*) continue ;; esac
    printf '%s\n' "$line"
    case $line in
    select* | update* | delete*)
        psql -X -q -A -t -c "explain (costs off) ${line%;}" </dev/null |
            sed -nE 's/->//; s/Index Only Scan/Index Scan/; s/Scan Backward/Backward Scan/; s/Parallel //;
                     s/^( *)((Seq|Index|Bitmap Heap|Index Backward) Scan.*|Nested Loop.*|Hash (Left |Right |Semi |Anti )?Join.*|Merge (Left |Right |Semi |Anti )?Join.*)$/\2/p' |
            sed -E 's/ using / /; s/ on ([a-z]+)( [a-z0-9_]+)?$/ \1/; s/^Merge /Hash /; s/^(Nested Loop) .*/\1/; s/(Semi|Anti) Join/Join/'
        ;;
    *) psql -X -q -c "${line%;}" </dev/null ;;
    esac
done
