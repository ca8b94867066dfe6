CREATE TABLE counters (
  name text PRIMARY KEY,
  value int NOT NULL DEFAULT 0
);
INSERT INTO counters VALUES ('visits', 0), ('orders', 10);
