// A lazy relation is loaded at the first touch, and once; printing a row loads nothing.
const { createClient } = require('@interleave/orm');

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
    stock   Int     @default(0)
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

async function main() {
  const db = createClient({ schema, lazy: true });
  db.$on('query', ({ query, params }) => console.log(query, params));
  const cup = await db.product.findUnique({ where: { id: 1 } });
  console.log(cup);
  console.log(JSON.stringify(cup));
  console.log('shop', (await cup.shop).name);
  console.log('again', (await cup.shop).name);
  const [image] = await cup.images;
  console.log('back', (await image.product).name);
  await db.$disconnect();
}

main();
