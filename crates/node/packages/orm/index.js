'use strict';
// A small object-relational mapper in Prisma's shape, on top of pg. It is made to be read: each file is one idea.
//
//   const { createClient } = require('@interleave/orm');
//   const db = createClient({ schema: 'model Product { id Int @id … }' });
//   const products = await db.product.findMany({ where: { price: { lt: 10 } }, include: { images: true } });
//
//   schema.js    what the models are: Prisma's schema language
//   statement.js the text of a statement and its parameters
//   where.js     a filter becomes a condition
//   select.js    findMany becomes a SELECT
//   write.js     create, update, upsert, delete become one statement each
//   relations.js include, by one query per relation;  join.js by one query for all;  lazy.js by a query per touch
//   query.js     a promise that does nothing until somebody waits for it
//   session.js   where statements run: the pool, or the client of a transaction
//   model.js     `db.product`;  client.js  `db`;  errors.js  what goes wrong, with Prisma's codes

const { createClient } = require('./client');
const { OrmError, OrmValidationError } = require('./errors');

module.exports = { createClient, OrmError, OrmValidationError };
