'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { withShop } = require('./shop');

test('create, update, upsert and delete give the row', () =>
  withShop({}, async (db) => {
    const lid = await db.product.create({ data: { shopId: 2, name: 'lid', price: '4.20' } });
    assert.deepEqual(lid, { id: 4, shopId: 2, name: 'lid', price: '4.20', stock: 0n, note: null, version: 1 });
    const updated = await db.product.update({ where: { id: 4 }, data: { stock: { increment: 3 }, note: 'new' } });
    assert.deepEqual([updated.stock, updated.note, updated.version], [3n, 'new', 2]);
    const shop = { where: { name: 'East' }, create: { name: 'East' }, update: { name: 'Far East' }, select: { name: true } };
    assert.deepEqual(await db.shop.upsert(shop), { name: 'East' });
    assert.deepEqual(await db.shop.upsert(shop), { name: 'Far East' });
    assert.equal((await db.product.delete({ where: { id: 4 } })).name, 'lid');
    assert.deepEqual(await db.product.updateMany({ where: { shopId: 1 }, data: { stock: 9 } }), { count: 3 });
    assert.deepEqual(await db.shop.createMany({ data: [{ name: 'A' }, { name: 'North' }], skipDuplicates: true }), { count: 1 });
    assert.deepEqual(await db.image.deleteMany(), { count: 3 });
  }));

test('what is nested is created in one transaction, parents first', () =>
  withShop({}, async (db, sent) => {
    const images = { create: [{ url: 'a', position: 1 }, { url: 'b', position: 2 }] };
    const data = { name: 'wok', price: 30, shop: { connect: { name: 'South' } }, images };
    const wok = await db.product.create({ data, include: { images: { select: { url: true } } } });
    assert.deepEqual(wok.images, [{ url: 'a' }, { url: 'b' }]);
    const verbs = sent.map((text) => text.split(' ').slice(0, 3).join(' '));
    assert.deepEqual(verbs.slice(0, 6), ['BEGIN', 'SELECT "shops"."id" FROM', 'INSERT INTO "products"', 'INSERT INTO "images"', 'INSERT INTO "images"', 'COMMIT']);
    images.create[1].position = 1;
    await assert.rejects(async () => db.product.create({ data }), { code: 'P2002', meta: { model: 'Image', target: ['productId', 'position'] } });
    assert.equal(await db.product.count(), 4);
  }));

test('errors have codes', () =>
  withShop({}, async (db) => {
    const create = (data) => async () => db.product.create({ data: { shopId: 1, name: 'x', price: 1, ...data } });
    await assert.rejects(async () => db.shop.create({ data: { name: 'North' } }), { code: 'P2002', meta: { model: 'Shop', target: ['name'] } });
    await assert.rejects(create({ shopId: 9 }), { code: 'P2003' });
    await assert.rejects(create({ price: -1 }), { code: 'P2004' });
    await assert.rejects(create({ name: null }), { code: 'P2011' });
    await assert.rejects(async () => db.product.delete({ where: { id: 9 } }), { code: 'P2025' });
    await assert.rejects(async () => db.product.findUniqueOrThrow({ where: { id: 9 } }), { code: 'P2025' });
    await assert.rejects(async () => db.$queryRaw`SELECT nothing`, { code: 'P2010' });
    await assert.rejects(async () => db.shop.create({ data: { name: 'North' } }), (error) => error.cause.code === '23505');
  }));

test('a stale version is a conflict, a missing row is not found', () =>
  withShop({}, async (db) => {
    const { version } = await db.product.findUnique({ where: { id: 1 } });
    const sell = (where) => async () => db.product.update({ where, data: { stock: { decrement: 1 } } });
    await sell({ id: 1, version })();
    await assert.rejects(sell({ id: 1, version }), { code: 'P2034', meta: { model: 'Product', expected: 1, actual: 2 } });
    await assert.rejects(sell({ id: 9, version }), { code: 'P2025' });
    await assert.rejects(async () => db.product.delete({ where: { id: 1, version } }), { code: 'P2034' });
    assert.equal((await db.product.findUnique({ where: { id: 1 } })).stock, 4n);
  }));

test('a transaction commits, or rolls back and is closed', () =>
  withShop({}, async (db, sent) => {
    assert.deepEqual(await db.$transaction([db.shop.create({ data: { name: 'A' } }), db.shop.count()]), [{ id: 3, name: 'A' }, 3]);
    assert.deepEqual([sent[0], sent.at(-1), sent.length], ['BEGIN', 'COMMIT', 4]);
    await assert.rejects(db.$transaction([db.shop.create({ data: { name: 'B' } }), db.shop.create({ data: { name: 'B' } })]), { code: 'P2002' });
    let kept;
    const failing = db.$transaction(async (tx) => {
      kept = tx;
      await tx.shop.create({ data: { name: 'C' } });
      throw new Error('changed my mind');
    });
    await assert.rejects(failing, /changed my mind/);
    await assert.rejects(async () => kept.shop.count(), { code: 'P2028' });
    assert.equal(await db.shop.count(), 3);
    const slow = db.$transaction((tx) => tx.$executeRaw`SELECT pg_sleep(0.2)`, { timeout: 50 });
    await assert.rejects(slow, { code: 'P2028' });
  }));

test('of two serializable transactions that read what the other writes, one is to be tried again', () =>
  withShop({}, async (db) => {
    let meet;
    const both = new Promise((resolve) => (meet = resolve));
    let here = 0;
    const change = (id, other) =>
      db.$transaction(
        async (tx) => {
          const { stock } = await tx.product.findUnique({ where: { id: other } });
          if ((here += 1) === 2) meet();
          await both;
          await tx.product.update({ where: { id }, data: { stock: stock + 1n } });
        },
        { isolationLevel: 'Serializable' },
      );
    const results = await Promise.allSettled([change(1, 2), change(2, 1)]);
    const failed = results.filter(({ status }) => status === 'rejected');
    assert.deepEqual(failed.map(({ reason }) => [reason.code, reason.cause.code]), [['P2034', '40001']]);
  }));
