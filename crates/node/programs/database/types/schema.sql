CREATE TABLE samples (
  id int PRIMARY KEY,
  small smallint,
  big bigint,
  exact numeric(12, 3),
  floating double precision,
  flag boolean,
  words text,
  short varchar(5),
  fixed char(5),
  day date,
  local timestamp,
  moment timestamptz,
  numbers int[],
  labels text[]
);
INSERT INTO samples VALUES (
  1, 7, 9007199254740993, 1234.5, 0.1, true, 'text', 'abc', 'ab', '2024-02-29', '2024-02-29 12:34:56.789',
  '2024-02-29 12:34:56.789+00', '{1,NULL,3}', '{a,"b c",NULL,"NULL",""}'
);
INSERT INTO samples (id) VALUES (2);
