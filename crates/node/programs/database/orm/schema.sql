CREATE TABLE shops (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);
CREATE TABLE products (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop_id int NOT NULL REFERENCES shops (id),
  name text NOT NULL,
  price numeric(8, 2) NOT NULL,
  stock int NOT NULL DEFAULT 0 CHECK (stock >= 0),
  version int NOT NULL DEFAULT 1
);
CREATE TABLE images (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id int NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  url text NOT NULL,
  position int NOT NULL,
  UNIQUE (product_id, position)
);
CREATE TABLE skus (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id int NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  code text NOT NULL UNIQUE
);
INSERT INTO shops (name) VALUES ('North'), ('South');
INSERT INTO products (shop_id, name, price, stock) VALUES
  (1, 'cup', 3.00, 5), (1, 'pot', 12.50, 2), (2, 'pan', 20.00, 0), (2, 'lid', 4.00, 9);
INSERT INTO images (product_id, url, position) VALUES
  (1, 'cup-2.jpg', 2), (1, 'cup-1.jpg', 1), (2, 'pot-1.jpg', 1), (3, 'pan-1.jpg', 1), (3, 'pan-2.jpg', 2);
INSERT INTO skus (product_id, code) VALUES (1, 'CUP-S'), (1, 'CUP-L'), (2, 'POT-M'), (4, 'LID-M');
