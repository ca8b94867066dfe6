// The shop: its pool of connections, and what the ORM has to know of its tables.
const { Pool } = require('pg')
const { createClient } = require('@interleave/orm')

const schema = `
  model User {
    id     Int     @id
    name   String
    email  String
    orders Order[]
    @@map("users")
  }
  model Product {
    id          Int     @id
    category    String
    name        String
    description String
    price       Int
    skus        Sku[]
    images      Image[]
    @@map("products")
  }
  model Sku {
    id        Int     @id
    productId Int     @map("product_id")
    code      String
    stock     Int
    product   Product @relation(fields: [productId], references: [id])
    items     Item[]
    @@map("skus")
  }
  model Image {
    id        Int     @id
    productId Int     @map("product_id")
    url       String
    product   Product @relation(fields: [productId], references: [id])
    @@map("images")
  }
  model Order {
    id     Int    @id
    userId Int    @map("user_id")
    placed String
    user   User   @relation(fields: [userId], references: [id])
    items  Item[]
    @@map("orders")
  }
  model Item {
    id       Int   @id
    orderId  Int   @map("order_id")
    skuId    Int   @map("sku_id")
    quantity Int
    order    Order @relation(fields: [orderId], references: [id])
    sku      Sku   @relation(fields: [skuId], references: [id])
    @@map("items")
  }`

const pool = new Pool({ max: POOL_SIZE })

exports.pool = pool
exports.connect = (options) => createClient({ schema, pool, ...options })
