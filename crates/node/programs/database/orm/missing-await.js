// A call is a promise that has not begun: without await nothing happens, and nothing says so.
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
  db.product.deleteMany(); // no await
  const kept = db.product.update({ where: { id: 1 }, data: { stock: 0 } }); // not yet
  console.log(await db.product.count(), (await db.product.findUnique({ where: { id: 1 } })).stock);
  await kept;
  console.log((await db.product.findUnique({ where: { id: 1 } })).stock);
  await db.$disconnect();
}

main();
