CREATE TABLE users (
  id int PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE orders (
  id int PRIMARY KEY,
  user_id int NOT NULL REFERENCES users (id),
  item text NOT NULL
);
INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Alan');
INSERT INTO orders VALUES (1, 1, 'cup'), (2, 2, 'pot'), (3, 1, 'pan'), (4, 2, 'lid'), (5, 1, 'mug');
