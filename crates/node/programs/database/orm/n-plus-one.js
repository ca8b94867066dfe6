// Lazy relations: no line looks like a query, and there is one for every product.
const { createClient } = require('@interleave/orm');

const schema = `
  model Product {
    id      Int     @id @default(autoincrement())
    shopId  Int     @map("shop_id")
    name    String
    price   Decimal
    stock   Int     @default(0)
    version Int     @version
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
  let queries = 0;
  db.$on('query', () => (queries += 1));
  const products = await db.product.findMany({ orderBy: { id: 'asc' } });
  for (const product of products) {
    const images = await product.images;
    console.log(product.name, images.length);
  }
  console.log('lazily', queries);
  queries = 0;
  const again = await db.product.findMany({ orderBy: { id: 'asc' }, include: { images: true } });
  console.log(again.map(({ name, images }) => `${name} ${images.length}`).join(', '));
  console.log('included', queries);
  await db.$disconnect();
}

main();
