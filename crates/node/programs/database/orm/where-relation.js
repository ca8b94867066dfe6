// Filters on relations: some, none, every, is.
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
  const names = async (where) => console.log((await db.product.findMany({ where, orderBy: { id: 'asc' } })).map(({ name }) => name));
  db.$on('query', ({ query, params }) => console.log(query.slice(query.indexOf('WHERE')), params));
  await names({ images: { some: { position: 2 } } });
  await names({ images: { none: {} } });
  await names({ images: { every: { position: 1 } } });
  await names({ shop: { is: { name: 'South' } }, skus: { some: {} } });
  console.log(await db.shop.findMany({ where: { products: { some: { skus: { some: { code: 'POT-M' } } } } } }));
  await db.$disconnect();
}

main();
