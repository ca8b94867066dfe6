// findUnique by a key, findFirst by anything, and null or an error when there is nothing.
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
    @@map("products")
  }`;

async function main() {
  const db = createClient({ schema });
  console.log(await db.shop.findUnique({ where: { name: 'North' } }));
  console.log(await db.shop.findUnique({ where: { id: 99 } }));
  console.log(await db.product.findFirst({ where: { stock: { gt: 0 } }, orderBy: { price: 'desc' }, select: { name: true } }));
  await db.shop.findUniqueOrThrow({ where: { id: 99 } }).catch((error) => console.log(error.code, error.message));
  await db.product.findUnique({ where: { name: 'cup' } }).catch((error) => console.log(error.name, error.message));
  await db.$disconnect();
}

main();
