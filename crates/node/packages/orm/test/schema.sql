CREATE TABLE shops (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);
CREATE TABLE products (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop_id int NOT NULL REFERENCES shops (id),
  name text NOT NULL,
  price numeric(10, 2) NOT NULL CHECK (price >= 0),
  stock bigint NOT NULL DEFAULT 0,
  note text,
  version int NOT NULL DEFAULT 1
);
CREATE TABLE images (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id int NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  url text NOT NULL,
  position int NOT NULL,
  UNIQUE (product_id, position)
);
INSERT INTO shops (name) VALUES ('North'), ('South');
INSERT INTO products (shop_id, name, price, stock, note) VALUES
  (1, 'cup', 3.00, 5, NULL), (1, 'pot', 12.50, 2, 'iron'), (1, 'pan', 20.00, 0, 'iron_cast');
INSERT INTO images (product_id, url, position) VALUES
  (1, 'cup-2.jpg', 2), (1, 'cup-1.jpg', 1), (2, 'pot-1.jpg', 1);
