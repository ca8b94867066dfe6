'use strict';
// The text of one statement and its parameters. Every value becomes `$1`, `$2`, …: none is ever part of the text, so
// no value can be read as SQL. Every name comes from the schema and is quoted.

/** Collects the parameters of a statement while its text is written. */
class Statement {
  constructor() {
    this.values = [];
    this.aliases = 0;
  }

  /** A placeholder for `value`, which goes to a column of `field`, if it does. */
  param(value, field = null) {
    this.values.push(field ? toDatabase(field, value) : value);
    return `$${this.values.length}`;
  }

  /** A new name for a table that appears once more. */
  alias() {
    this.aliases += 1;
    return `t${this.aliases}`;
  }
}

/** pg makes a PostgreSQL array of a JavaScript array, which a JSON column does not want. */
function toDatabase(field, value) {
  return field.type === 'Json' && value !== null ? JSON.stringify(value) : value;
}

/** pg gives `bigint` as a string, since a number cannot hold it. A `Decimal` stays a string; Prisma has a class for it. */
function fromDatabase(field, value) {
  return field.type === 'BigInt' && typeof value === 'string' ? BigInt(value) : value;
}

/** `"name"`, whatever the name. */
function quote(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"table"."column"` */
function column(table, field) {
  return `${quote(table)}.${quote(field.column)}`;
}

module.exports = { Statement, fromDatabase, quote, column };
