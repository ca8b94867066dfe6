// A DataLoader over the ORM: resolvers that know nothing of each other share a query.
const { createClient } = require('@interleave/orm');
const DataLoader = require('dataloader');

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
  const db = createClient({ schema });
  let queries = 0;
  db.$on('query', () => (queries += 1));
  const images = new DataLoader(async (ids) => {
    const found = await db.image.findMany({ where: { productId: { in: [...ids] } }, orderBy: { position: 'asc' } });
    return ids.map((id) => found.filter(({ productId }) => productId === id));
  });
  const products = await db.product.findMany({ orderBy: { id: 'asc' } });
  const resolve = async ({ id, name }) => `${name}: ${(await images.load(id)).map(({ url }) => url).join(' ')}`;
  console.log(await Promise.all(products.map(resolve)), queries);
  await db.$disconnect();
}

main();
