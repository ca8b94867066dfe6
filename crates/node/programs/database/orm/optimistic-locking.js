// A version field: who names the version that he has read learns that somebody was faster.
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
  const sell = async (name, { id, version, stock }) => {
    try {
      const { version: next } = await db.product.update({ where: { id, version }, data: { stock: stock - 1 } });
      console.log(name, 'sold one, version', next);
    } catch (error) {
      console.log(name, error.code, error.meta);
    }
  };
  const [ada, grace] = [await db.product.findUnique({ where: { id: 1 } }), await db.product.findUnique({ where: { id: 1 } })];
  await sell('Ada', ada);
  await sell('Grace', grace);
  await sell('Grace', await db.product.findUnique({ where: { id: 1 } }));
  await sell('Alan', { id: 77, version: 1, stock: 1 });
  const { stock, version } = await db.product.findUnique({ where: { id: 1 } });
  console.log({ stock, version });
  await db.$disconnect();
}

main();
