// include: one query for each relation, whatever the number of rows.
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
    skus    Sku[]
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
  }
  model Sku {
    id        Int     @id @default(autoincrement())
    productId Int     @map("product_id")
    code      String  @unique
    product   Product @relation(fields: [productId], references: [id])
    @@map("skus")
  }`;

async function main() {
  const db = createClient({ schema });
  db.$on('query', ({ query, params }) => console.log(query, params));
  const products = await db.product.findMany({
    include: { images: { orderBy: { position: 'asc' } }, skus: { orderBy: { id: 'asc' } }, shop: true },
    orderBy: { id: 'asc' },
  });
  for (const { name, images, skus, shop } of products) {
    console.log(name, images.map(({ url }) => url), skus.map(({ code }) => code), shop.name);
  }
  await db.$disconnect();
}

main();
