// create and createMany; what is nested goes into one transaction.
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
  const wok = await db.product.create({
    data: {
      name: 'wok',
      price: '33.00',
      shop: { connect: { name: 'South' } },
      images: { create: [{ url: 'wok-1.jpg', position: 1 }, { url: 'wok-2.jpg', position: 2 }] },
    },
    include: { images: { select: { url: true }, orderBy: { position: 'asc' } } },
  });
  console.log(wok);
  const data = [{ name: 'East' }, { name: 'North' }];
  console.log(await db.shop.createMany({ data, skipDuplicates: true }));
  await db.shop.createMany({ data }).catch((error) => console.log(error.code, error.meta));
  await db.$disconnect();
}

main();
