// findMany: all rows, some of them, in order, and only some fields.
const { createClient } = require('@interleave/orm');

const schema = `
  model Product {
    id      Int     @id @default(autoincrement())
    shopId  Int     @map("shop_id")
    name    String
    price   Decimal
    stock   Int     @default(0)
    version Int     @version
    @@map("products")
  }`;

async function main() {
  const db = createClient({ schema });
  console.log(await db.product.findMany({ where: { id: 1 } }));
  const cheap = { where: { price: { lt: 10 } }, orderBy: { price: 'desc' }, select: { name: true, price: true } };
  console.log(await db.product.findMany(cheap));
  console.log(await db.product.findMany({ select: { name: true }, orderBy: { id: 'asc' }, skip: 1, take: 2 }));
  await db.$disconnect();
}

main();
