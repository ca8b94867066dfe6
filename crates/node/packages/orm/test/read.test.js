'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { withShop } = require('./shop');

const names = (rows) => rows.map(({ name }) => name);
const byId = { orderBy: { id: 'asc' } };

test('a filter becomes a condition, and every value a parameter', () =>
  withShop({}, async (db, sent) => {
    const where = { price: { gte: 3, lt: 20 }, OR: [{ note: null }, { note: { startsWith: 'ir' } }] };
    assert.deepEqual(names(await db.product.findMany({ where, ...byId })), ['cup', 'pot']);
    assert.match(
      sent[0],
      /WHERE "products"."price" >= \$1 AND "products"."price" < \$2 AND \("products"."note" IS NULL OR "products"."note" LIKE \$3\)/,
    );
    const evil = `'; DROP TABLE products; --`;
    assert.deepEqual(await db.product.findMany({ where: { name: evil } }), []);
    assert.equal(await db.product.count(), 3);
  }));

test('every operator selects what SQL selects', () =>
  withShop({}, async (db) => {
    const select = async (where) => names(await db.product.findMany({ where, ...byId }));
    assert.deepEqual(await select({ id: { in: [1, 3] } }), ['cup', 'pan']);
    assert.deepEqual(await select({ id: { notIn: [1, 3] } }), ['pot']);
    assert.deepEqual(await select({ id: { in: [] } }), []);
    assert.deepEqual(await select({ id: { notIn: [] } }), ['cup', 'pot', 'pan']);
    assert.deepEqual(await select({ note: { not: 'iron' } }), ['pan']); // NULL is not unequal to anything
    assert.deepEqual(await select({ note: { not: null } }), ['pot', 'pan']);
    assert.deepEqual(await select({ NOT: { name: { contains: 'a' } } }), ['cup', 'pot']);
    assert.deepEqual(await select({ note: { contains: 'n_c' } }), ['pan']); // _ means itself
    assert.deepEqual(await select({ name: { startsWith: 'P', mode: 'insensitive' } }), ['pot', 'pan']);
    assert.deepEqual(await select({ name: undefined, id: { not: { in: [1] } } }), ['pot', 'pan']);
    assert.deepEqual(await select({ images: { some: { position: 2 } } }), ['cup']);
    assert.deepEqual(await select({ images: { none: {} } }), ['pan']);
    assert.deepEqual(await select({ images: { every: { position: 1 } } }), ['pot', 'pan']);
    assert.deepEqual(await select({ shop: { is: { name: 'South' } } }), []);
    assert.deepEqual(await select({ shop: { name: 'North' }, AND: [{ id: { lte: 2 } }, { id: { gt: 1 } }] }), ['pot']);
  }));

test('order, pages and cursors', () =>
  withShop({}, async (db) => {
    const page = async (args) => names(await db.product.findMany(args));
    assert.deepEqual(await page({ orderBy: { price: 'desc' }, take: 2 }), ['pan', 'pot']);
    assert.deepEqual(await page({ ...byId, take: 1, skip: 2 }), ['pan']);
    assert.deepEqual(await page({ ...byId, take: -2 }), ['pot', 'pan']);
    assert.deepEqual(await page({ cursor: { id: 2 } }), ['pot', 'pan']);
    const order = [{ note: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }];
    assert.deepEqual(await page({ orderBy: order }), ['cup', 'pot', 'pan']);
    assert.deepEqual(await page({ orderBy: [{ price: 'asc' }, { id: 'asc' }], cursor: { id: 1 }, skip: 1, take: 1 }), ['pot']);
    assert.equal((await db.product.findFirst({ orderBy: { id: 'desc' } })).name, 'pan');
  }));

test('a row has its fields by their names, with the types of JavaScript', () =>
  withShop({}, async (db) => {
    const row = { id: 2, shopId: 1, name: 'pot', price: '12.50', stock: 2n, note: 'iron', version: 1 };
    assert.deepEqual(await db.product.findUnique({ where: { id: 2 } }), row);
    assert.deepEqual(await db.product.findUnique({ where: { id: 2 }, select: { name: true } }), { name: 'pot' });
    assert.equal(await db.product.findUnique({ where: { id: 9 } }), null);
    assert.equal((await db.image.findUnique({ where: { productId_position: { productId: 1, position: 2 } } })).url, 'cup-2.jpg');
    assert.deepEqual(await db.$queryRaw`SELECT name FROM products WHERE id = ${2}`, [{ name: 'pot' }]);
  }));

test('a call that makes no sense sends nothing', () =>
  withShop({}, async (db, sent) => {
    const refused = { name: 'OrmValidationError' };
    await assert.rejects(async () => db.product.findMany({ where: { colour: 'red' } }), refused);
    await assert.rejects(async () => db.product.findUnique({ where: { name: 'pot' } }), refused);
    await assert.rejects(async () => db.product.findMany({ include: { images: true }, select: { id: true } }), refused);
    await assert.rejects(async () => db.product.findMany({ where: { price: { near: 3 } } }), refused);
    db.product.deleteMany(); // not awaited: it never happens
    assert.deepEqual(sent, []);
    assert.equal(await db.product.count(), 3);
  }));
