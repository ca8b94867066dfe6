'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { withShop } = require('./shop');

const nested = {
  select: {
    name: true,
    images: { select: { url: true }, orderBy: { position: 'asc' } },
    shop: { select: { name: true } },
  },
  orderBy: { id: 'asc' },
};
const loaded = [
  { name: 'cup', images: [{ url: 'cup-1.jpg' }, { url: 'cup-2.jpg' }], shop: { name: 'North' } },
  { name: 'pot', images: [{ url: 'pot-1.jpg' }], shop: { name: 'North' } },
  { name: 'pan', images: [], shop: { name: 'North' } },
];

test('include by queries: one for each relation, whatever the number of rows', () =>
  withShop({}, async (db, sent) => {
    assert.deepEqual(await db.product.findMany(nested), loaded);
    assert.equal(sent.length, 3);
    assert.match(sent[1], /FROM "images" WHERE "images"."product_id" IN \(\$1, \$2, \$3\) ORDER BY "images"."position" ASC$/);
    assert.match(sent[2], /FROM "shops" WHERE "shops"."id" IN \(\$1\)$/);
  }));

test('include by a join: one query, and the same rows', () =>
  withShop({ relationLoadStrategy: 'join' }, async (db, sent) => {
    assert.deepEqual(await db.product.findMany(nested), loaded);
    assert.equal(sent.length, 1);
    assert.match(sent[0], /LEFT JOIN "images" AS "t1" ON "t1"."product_id" = "products"."id" LEFT JOIN "shops" AS "t2"/);
  }));

test('the strategies agree: pages of parents, pages of children, filters, depth', () =>
  withShop({}, async (db) => {
    const cases = [
      { ...nested, take: 2, skip: 1 },
      { ...nested, take: -2 },
      { ...nested, cursor: { id: 2 } },
      { include: { images: { where: { position: 2 } } }, orderBy: { id: 'asc' } },
      { include: { images: { orderBy: { position: 'desc' }, take: 1 }, shop: true }, orderBy: { price: 'desc' }, take: 2 },
      { select: { shop: { select: { products: { select: { name: true }, orderBy: { id: 'asc' } } } } }, where: { id: 1 } },
    ];
    for (const args of cases) {
      const byQueries = await db.product.findMany({ ...args, relationLoadStrategy: 'query' });
      const byJoin = await db.product.findMany({ ...args, relationLoadStrategy: 'join' });
      assert.deepEqual(byJoin, byQueries, JSON.stringify(args));
    }
    const [last] = await db.product.findMany(cases[4]);
    assert.deepEqual([last.name, last.images.length], ['pan', 0]);
  }));

test('a page of children is cut for each parent', () =>
  withShop({}, async (db) => {
    const rows = await db.product.findMany({
      select: { images: { select: { url: true }, orderBy: { position: 'asc' }, take: 1 } },
      orderBy: { id: 'asc' },
    });
    assert.deepEqual(rows.map(({ images }) => images.map(({ url }) => url)), [['cup-1.jpg'], ['pot-1.jpg'], []]);
  }));

test('a lazy relation is a query at the first touch, and no other', () =>
  withShop({ lazy: true }, async (db, sent) => {
    const products = await db.product.findMany({ orderBy: { id: 'asc' } });
    assert.equal(sent.length, 1);
    assert.equal(JSON.stringify(Object.keys(products[0])), '["id","shopId","name","price","stock","note","version"]');
    for (const product of products) await product.images;
    assert.equal(sent.length, 4);
    assert.equal(new Set(sent.slice(1)).size, 1);
    assert.equal((await products[0].images).length, 2);
    assert.equal(sent.length, 4);
    assert.equal((await (await products[0].images)[0].product).name, 'cup');
    const [included] = await db.product.findMany({ include: { images: true }, take: 1, orderBy: { id: 'asc' } });
    assert.ok(Array.isArray(included.images));
  }));
