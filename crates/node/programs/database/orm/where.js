// Filters, and the conditions that they become.
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
  const names = async (where) => console.log((await db.product.findMany({ where, orderBy: { id: 'asc' } })).map(({ name }) => name));
  db.$on('query', ({ query, params }) => console.log(query.slice(query.indexOf('FROM')), params));
  await names({ name: 'cup', stock: { gte: 1, lte: 5 } });
  await names({ OR: [{ name: { startsWith: 'p' } }, { NOT: { price: { gt: 4 } } }] });
  await names({ id: { in: [1, 2, 3] }, name: { notIn: ['pot'] } });
  await names({ name: { contains: '%' } });
  await names({ name: { contains: 'A', mode: 'insensitive' }, stock: { not: 0 } });
  await names({ id: { in: [] } });
  await db.$disconnect();
}

main();
