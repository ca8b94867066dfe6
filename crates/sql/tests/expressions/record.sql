-- One expression a line in, with its type and its text or its error behind a tab out. `record.sh` says for which files.
\set ON_ERROR_STOP 1
set timezone to :'zone';
set datestyle to :'datestyle';
set intervalstyle to :'intervals';
create function pg_temp.answer(expression text) returns text language plpgsql as $$
declare
  answer text;
  wrong text;
  detail text;
  hint text;
begin
  execute 'select pg_typeof(' || expression || ') || E''\t'' || case when (' || expression || ')::text is null then ''NULL'' else format(''%s'', ' || expression || ') end' into answer;
  return answer;
exception when others then
  get stacked diagnostics wrong = message_text, detail = pg_exception_detail, hint = pg_exception_hint;
  return 'ERROR' || E'\t' || sqlstate || ': ' || wrong || case when detail = '' then '' else ' DETAIL: ' || detail end
    || case when hint = '' then '' else ' HINT: ' || hint end;
end
$$;
\set lines `cat :'file'`
select expression || E'\t' || replace(pg_temp.answer(expression), E'\n', '\n')
from (
  select split_part(line, E'\t', 1) as expression, number
  from regexp_split_to_table(:'lines', E'\n') with ordinality as l (line, number)
) as lines
where expression <> ''
order by number;
