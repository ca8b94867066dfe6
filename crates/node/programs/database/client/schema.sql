CREATE TABLE users (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text UNIQUE
);
INSERT INTO users (name, email) VALUES
  ('Ada', 'ada@example.org'), ('Grace', 'grace@example.org'), ('Alan', NULL);
