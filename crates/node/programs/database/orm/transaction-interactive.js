// $transaction with a function: what it throws rolls back, and tx is of no use afterwards.
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
  const move = (from, to, amount) => db.$transaction(async (tx) => {
    await tx.product.update({ where: { id: to }, data: { stock: { increment: amount } } });
    const { stock } = await tx.product.findUnique({ where: { id: from } });
    if (stock < amount) throw new Error(`only ${stock} left`);
    await tx.product.update({ where: { id: from }, data: { stock: { decrement: amount } } });
    return tx;
  });
  const tx = await move(4, 1, 5);
  await move(4, 1, 5).catch((error) => console.log(error.message));
  console.log(await db.product.findMany({ where: { id: { in: [1, 4] } }, select: { stock: true }, orderBy: { id: 'asc' } }));
  await tx.product.count().catch((error) => console.log(error.code, error.message));
  await db.$disconnect();
}

main();
