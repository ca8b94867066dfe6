// Includes in includes, with filters, order and a limit for each parent.
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
  const shops = await db.shop.findMany({
    select: {
      name: true,
      products: {
        where: { stock: { gt: 0 } },
        orderBy: { price: 'desc' },
        take: 1,
        select: { name: true, images: { select: { url: true }, orderBy: { position: 'asc' } } },
      },
    },
    orderBy: { id: 'asc' },
  });
  console.dir(shops, { depth: null });
  await db.$disconnect();
}

main();
