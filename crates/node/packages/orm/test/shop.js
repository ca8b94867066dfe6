'use strict';
// A database of its own for each test: it is made of schema.sql on the server that PGHOST names, a private one, which takes
// all of them with it when it goes.

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Client } = require('pg');
const { createClient } = require('..');

const schema = `
  model Shop {
    id       Int       @id @default(autoincrement())
    name     String    @unique
    products Product[]
    @@map("shops")
  }
  model Product {
    id      Int     @id @default(autoincrement())
    shopId  Int     @map("shop_id")
    name    String
    price   Decimal
    stock   BigInt
    note    String?
    version Int     @version
    shop    Shop    @relation(fields: [shopId], references: [id])
    images  Image[]
    @@map("products")
  }
  model Image {
    id        Int     @id @default(autoincrement())
    productId Int     @map("product_id")
    url       String
    position  Int
    product   Product @relation(fields: [productId], references: [id])
    @@unique([productId, position])
    @@map("images")
  }`;

let count = 0;

/** Runs the statements of `text` on a connection to `database`. */
async function run(database, text) {
  const client = new Client({ database });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Calls `test` with an ORM client, and the texts of all statements that it has sent. */
async function withShop(options, test) {
  const database = `orm_${process.pid}_${(count += 1)}`;
  await run('postgres', `CREATE DATABASE ${database}`);
  await run(database, readFileSync(join(__dirname, 'schema.sql'), 'utf8'));
  const db = createClient({ schema, connection: { database, max: 4 }, ...options });
  try {
    const sent = [];
    db.$on('query', ({ query }) => sent.push(query));
    await test(db, sent);
  } finally {
    await db.$disconnect();
  }
}

module.exports = { withShop };
