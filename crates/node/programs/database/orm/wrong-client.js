// db instead of tx inside of a transaction: it runs on another connection, and commits by itself.
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
  await db.$transaction(async (tx) => {
    await tx.product.update({ where: { id: 1 }, data: { stock: { decrement: 5 } } });
    await db.product.update({ where: { id: 2 }, data: { stock: { increment: 5 } } }); // not tx
    throw new Error('payment failed');
  }).catch((error) => console.log(error.message));
  console.log(await db.product.findMany({ where: { id: { lte: 2 } }, select: { name: true, stock: true }, orderBy: { id: 'asc' } }));
  await db.$disconnect();
}

main();
