CREATE TABLE users (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text UNIQUE,
  age int CHECK (age >= 0)
);
CREATE TABLE orders (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id int NOT NULL REFERENCES users (id),
  total numeric(8, 2) NOT NULL
);
INSERT INTO users (name, email, age) VALUES ('Ada', 'ada@example.org', 36), ('Grace', 'grace@example.org', 45);
INSERT INTO orders (user_id, total) VALUES (1, 10.00);
