// P2034 from two serializable transactions, and a retry that belongs to the caller.
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
  let meet;
  const both = new Promise((resolve) => (meet = resolve));
  let arrived = 0;
  const take = async (id) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await db.$transaction(async (tx) => {
          const products = await tx.product.findMany({ where: { id: { in: [1, 2] } }, select: { stock: true } });
          if ((arrived += 1) === 2) meet();
          await both;
          const left = products.reduce((sum, { stock }) => sum + stock, 0);
          if (left < 7) throw new Error(`only ${left} left`);
          await tx.product.update({ where: { id }, data: { stock: { decrement: 1 } } });
        }, { isolationLevel: 'Serializable' });
        return 'taken';
      } catch (error) {
        if (error.code !== 'P2034') return `attempt ${attempt}: ${error.message}`;
      }
    }
  };
  console.log((await Promise.all([take(1), take(2)])).sort());
  const left = await db.product.findMany({ where: { id: { lte: 2 } }, select: { stock: true } });
  console.log('left', left.reduce((sum, { stock }) => sum + stock, 0));
  await db.$disconnect();
}

main();
