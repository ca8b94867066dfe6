// Pages by cursor: each begins behind the last row of the one before.
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
  db.$on('query', ({ query, params }) => console.log(query.slice(query.indexOf('FROM')), params));
  let cursor;
  for (let page = 1; page <= 3; page += 1) {
    const rows = await db.product.findMany({
      select: { id: true, name: true, price: true },
      orderBy: [{ price: 'asc' }, { id: 'asc' }],
      take: 2,
      ...(cursor && { cursor, skip: 1 }),
    });
    console.log('page', page, rows.map(({ name, price }) => `${name} ${price}`));
    cursor = rows.length ? { id: rows.at(-1).id } : undefined;
    if (!cursor) break;
  }
  await db.$disconnect();
}

main();
