CREATE TABLE products (
  id int PRIMARY KEY,
  name text NOT NULL,
  stock int NOT NULL CHECK (stock >= 0)
);
INSERT INTO products VALUES (1, 'cup', 5), (2, 'pot', 3), (3, 'pan', 0);
