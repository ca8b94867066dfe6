//! The shop: six tables, and how much is in them.

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// How much is in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shop {
    /// There are no tables: the program makes its own.
    #[serde(skip_serializing_if = "is_false")]
    pub empty: bool,
    /// Lamps: the products on the page.
    pub products: u32,
    /// Products of other categories, which are not on it.
    pub others: u32,
    /// Of each product.
    pub skus: u32,
    pub images: u32,
    pub users: u32,
    /// Of each user.
    pub orders: u32,
    /// Of each order.
    pub items: u32,
    /// Whether columns that refer to another table have an index. PostgreSQL makes none by itself.
    pub indexed: bool,
    /// SQL that is run when all this is there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sql: String,
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            empty: false,
            products: 100,
            others: 400,
            skus: 3,
            images: 4,
            users: 100,
            orders: 8,
            items: 3,
            indexed: true,
            sql: String::new(),
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Rows of all tables together.
const MOST_ROWS: u64 = 200_000;

impl Shop {
    /// What is small enough to be set up while somebody waits.
    pub fn bounded(&self) -> Self {
        let mut shop = Self {
            products: self.products.clamp(1, 2_000),
            skus: self.skus.min(50),
            images: self.images.min(50),
            users: self.users.clamp(1, 1_000),
            orders: self.orders.min(50),
            items: self.items.min(20),
            ..self.clone()
        };
        while shop.rows() > MOST_ROWS && shop.others > 0 {
            shop.others = shop.others / 4 * 3;
        }
        while shop.rows() > MOST_ROWS {
            let largest = [&mut shop.skus, &mut shop.images, &mut shop.orders].into_iter().max();
            *largest.expect("there are three") /= 2;
        }
        shop
    }

    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        if self.empty {
            return 0;
        }
        let [products, others, skus, images, users, orders, items] =
            [self.products, self.others, self.skus, self.images, self.users, self.orders, self.items].map(u64::from);
        (products + others) * (1 + skus + images) + users * (1 + orders * (1 + items))
    }

    /// What sets it up: readable, since readers are shown it.
    pub fn schema(&self) -> String {
        if self.empty {
            return self.sql.clone();
        }
        let mut sql = String::from(TABLES);
        let all = u64::from(self.products) + u64::from(self.others);
        let (skus, images) = (all * u64::from(self.skus), all * u64::from(self.images));
        let orders = u64::from(self.users) * u64::from(self.orders);
        let items = orders * u64::from(self.items);
        let Self { products, users, .. } = self;
        let fills = [
            (
                u64::from(*users),
                format!(
                    "users SELECT n, 'User ' || n, 'user' || n || '@example.org' FROM generate_series(1, {users}) AS n"
                ),
            ),
            (
                all,
                format!(
                    "products SELECT n, CASE WHEN n <= {products} THEN 'lamps' ELSE 'other ' || n % 20 END, 'Product ' || n,\n    \
                 repeat('Made by hand, one at a time. ', 12), 10 + n % 90 FROM generate_series(1, {all}) AS n"
                ),
            ),
            (skus, format!("skus SELECT n, 1 + n % {all}, 'SKU-' || n, n % 9 FROM generate_series(1, {skus}) AS n")),
            (
                images,
                format!(
                    "images SELECT n, 1 + n % {all}, 'https://img.example.org/' || n || '.jpg' FROM generate_series(1, {images}) AS n"
                ),
            ),
            (
                orders,
                format!(
                    "orders SELECT n, 1 + n % {users}, '2026-01-' || 10 + n % 20 FROM generate_series(1, {orders}) AS n"
                ),
            ),
            (
                items.min(items * skus),
                format!(
                    "items SELECT n, 1 + n % {orders}, 1 + n % {skus}, 1 + n % 3 FROM generate_series(1, {items}) AS n"
                ),
            ),
        ];
        for (rows, fill) in fills {
            if rows > 0 {
                let _ = writeln!(sql, "INSERT INTO {fill};"); // a String takes everything
            }
        }
        if self.indexed {
            sql += INDEXES;
        }
        sql += "ANALYZE;\n";
        if !self.sql.trim().is_empty() {
            sql += &self.sql;
            sql += "\n";
        }
        sql
    }
}

const TABLES: &str = "\
CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, email text NOT NULL);
CREATE TABLE products (id int PRIMARY KEY, category text NOT NULL, name text NOT NULL, description text NOT NULL, price int NOT NULL);
CREATE TABLE skus (id int PRIMARY KEY, product_id int NOT NULL REFERENCES products, code text NOT NULL, stock int NOT NULL);
CREATE TABLE images (id int PRIMARY KEY, product_id int NOT NULL REFERENCES products, url text NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, placed text NOT NULL);
CREATE TABLE items (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, sku_id int NOT NULL REFERENCES skus, quantity int NOT NULL);
";

const INDEXES: &str = "\
CREATE INDEX ON products (category);
CREATE INDEX ON skus (product_id);
CREATE INDEX ON images (product_id);
CREATE INDEX ON orders (user_id);
CREATE INDEX ON items (order_id);
CREATE INDEX ON items (sku_id);
";
