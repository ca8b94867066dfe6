CREATE TABLE accounts (
  id int PRIMARY KEY,
  owner text NOT NULL,
  balance int NOT NULL CHECK (balance >= 0)
);
CREATE TABLE transfers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source int NOT NULL REFERENCES accounts (id),
  target int NOT NULL REFERENCES accounts (id),
  amount int NOT NULL
);
INSERT INTO accounts VALUES (1, 'Ada', 100), (2, 'Grace', 100), (3, 'Alan', 0);
