// upsert is one statement; delete gives what it has deleted.
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
  const db = createClient({ schema });
  db.$on('query', ({ query, params }) => console.log(query, params));
  const upsert = () => db.shop.upsert({ where: { name: 'West' }, create: { name: 'West' }, update: { name: 'Far West' } });
  console.log(await upsert());
  console.log(await upsert());
  console.log(await db.shop.delete({ where: { name: 'Far West' } }));
  await db.shop.delete({ where: { name: 'North' } }).catch((error) => console.log(error.code, error.meta));
  console.log(await db.product.deleteMany({ where: { shop: { name: 'North' } } }), await db.image.count());
  await db.$disconnect();
}

main();
