// The errors, with Prisma's codes; cause is PostgreSQL's own.
const { createClient } = require('@interleave/orm');

const schema = `
  model Shop {
    id       Int       @id @default(autoincrement())
    name     String    @unique
    products Product[]
    @@map("shops")
  }
  model Product {
    id      Int     @id @default(autoincrement())
    shopId  Int     @map("shop_id")
    name    String
    price   Decimal
    stock   Int     @default(0)
    version Int     @version
    shop    Shop    @relation(fields: [shopId], references: [id])
    @@map("products")
  }`;

async function main() {
  const db = createClient({ schema });
  const told = (error) => console.log(error.name, error.code, error.meta, error.cause?.code);
  await db.shop.create({ data: { name: 'North' } }).catch(told);
  await db.product.create({ data: { shopId: 9, name: 'x', price: 1 } }).catch(told);
  await db.product.create({ data: { shopId: 1, name: null, price: 1 } }).catch(told);
  await db.product.delete({ where: { id: 99 } }).catch(told);
  await db.$queryRaw`SELECT nonsense`.catch(told);
  await db.product.findMany({ where: { colour: 'red' } }).catch((error) => console.log(error.name, error.message));
  await db.$disconnect();
}

main();
