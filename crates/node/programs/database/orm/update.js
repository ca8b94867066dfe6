// update and updateMany; arithmetic is done by the database, in one statement.
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
  db.$on('query', ({ query, params }) => console.log(query, params));
  const select = { name: true, stock: true, version: true };
  console.log(await db.product.update({ where: { id: 1 }, data: { stock: { decrement: 2 }, name: 'mug' }, select }));
  console.log(await db.product.updateMany({ where: { stock: { gt: 0 } }, data: { price: { multiply: 2 } } }));
  await db.product.update({ where: { id: 99 }, data: { stock: 1 } }).catch((error) => console.log(error.code, error.message));
  await db.product.update({ where: { id: 2 }, data: { stock: { decrement: 3 } } }).catch((error) => console.log(error.code, error.meta));
  await db.$disconnect();
}

main();
