'use strict';
// What goes wrong, with the codes of Prisma's error reference, so that a program can tell what to do about it:
// P2002 refuse, P2025 say "not found", P2034 try the transaction again. The words are our own.

/** An error with a code. `meta` says where; `cause` is PostgreSQL's own error, with its SQLSTATE in `cause.code`. */
class OrmError extends Error {
  constructor(code, message, meta = {}, cause = undefined) {
    super(message, cause ? { cause } : undefined);
    this.name = 'OrmError';
    this.code = code;
    this.meta = meta;
  }
}

/** A call that makes no sense: nothing was sent to the database. */
class OrmValidationError extends Error {
  constructor(message) {
    super(message);
    this.name = 'OrmValidationError';
  }
}

/** The error of Prisma's for one of PostgreSQL's; `model` is `null` for raw queries. What is not known stays as it is. */
function translate(error, model) {
  const meta = model ? { model: model.name } : {};
  switch (error.code) {
    case '23505': {
      const target = fieldsOf(error, model);
      return new OrmError('P2002', `Unique constraint failed on (${target.join(', ')})`, { ...meta, target }, error);
    }
    case '23503':
      return new OrmError('P2003', `Foreign key constraint failed: ${error.constraint}`, { ...meta, constraint: error.constraint }, error);
    case '23514':
      return new OrmError('P2004', `A constraint failed on the database: ${error.constraint}`, { ...meta, constraint: error.constraint }, error);
    case '23502':
      return new OrmError('P2011', `Null constraint failed on (${error.column})`, { ...meta, column: error.column }, error);
    case '40001':
    case '40P01':
      return new OrmError('P2034', 'Write conflict or deadlock: try the transaction again', meta, error);
    default:
      if (error.message === 'timeout exceeded when trying to connect') {
        return new OrmError('P2024', 'Timed out while waiting for a connection of the pool', meta, error);
      }
      if (!model && error.severity) {
        return new OrmError('P2010', `Raw query failed. Code: ${error.code}. Message: ${error.message}`, { code: error.code }, error);
      }
      return error;
  }
}

/** `Key (email)=(a@b) already exists.` names columns; Prisma names fields. */
function fieldsOf(error, model) {
  const named = /^Key \(([^)]*)\)/.exec(error.detail || '');
  if (!named) return [error.constraint];
  const fields = model ? [...model.fields.values()] : [];
  return named[1].split(', ').map((column) => {
    const field = fields.find((each) => each.column === column.replaceAll('"', ''));
    return field ? field.name : column;
  });
}

module.exports = { OrmError, OrmValidationError, translate };
