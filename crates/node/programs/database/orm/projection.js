// Everything, or what the page shows: the columns that travel.
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
  const columns = [];
  db.$on('query', ({ query }) => columns.push(query.slice(0, query.indexOf(' FROM')).split(',').length));
  await db.product.findMany({ include: { images: true, skus: true, shop: true } });
  console.log('all', columns.splice(0));
  const page = { name: true, price: true, images: { select: { url: true }, where: { position: 1 } } };
  console.log(await db.product.findMany({ select: page, orderBy: { id: 'asc' }, take: 2 }));
  console.log('needed', columns);
  await db.$disconnect();
}

main();
