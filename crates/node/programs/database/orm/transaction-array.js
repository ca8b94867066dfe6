// $transaction with a list: all calls in one transaction, or none of them.
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
  db.$on('query', ({ query, params }) => console.log(query, params));
  const calls = (name) => [
    db.shop.create({ data: { name } }),
    db.product.update({ where: { id: 1 }, data: { stock: { increment: 1 } }, select: { stock: true } }),
    db.shop.count(),
  ];
  console.log(await db.$transaction(calls('East')));
  await db.$transaction(calls('North')).catch((error) => console.log(error.code));
  console.log((await db.product.findUnique({ where: { id: 1 } })).stock);
  await db.$disconnect();
}

main();
