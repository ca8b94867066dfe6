// Raw queries: a template's values are parameters all the same.
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
  const evil = "cup'; DROP TABLE products; --";
  console.log(await db.$queryRaw`SELECT name, stock FROM products WHERE name = ${evil} OR id = ${2}`);
  console.log(await db.$queryRawUnsafe('SELECT count(*)::int AS n FROM products WHERE price > $1', 4));
  console.log(await db.$executeRaw`UPDATE products SET stock = stock + ${1} WHERE stock > ${0}`);
  await db.$disconnect();
}

main();
