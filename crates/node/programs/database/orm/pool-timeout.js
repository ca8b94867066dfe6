// A pool that is empty for too long is P2024.
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
  const db = createClient({ schema, connection: { max: 1, connectionTimeoutMillis: 500 } });
  const slow = db.$queryRaw`SELECT pg_sleep(1)`.then(() => console.log('slow one done'));
  await db.product.count().catch((error) => console.log(error.code, error.message));
  await slow;
  console.log(await db.product.count());
  await db.$disconnect();
}

main();
