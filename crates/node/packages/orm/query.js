'use strict';
// What every call of a model gives: a promise that does nothing until somebody waits for it, as Prisma's does. So
// `$transaction([…])` can take calls that have not begun; and a call whose `await` was forgotten never happens at all.

/** A call that runs on `session` when it is awaited, once. */
class Query {
  constructor(session, work) {
    this.session = session;
    this.work = work;
    this.promise = null;
  }

  then(fulfilled, rejected) {
    return this.start(this.session).then(fulfilled, rejected);
  }

  catch(rejected) {
    return this.then(undefined, rejected);
  }

  finally(settled) {
    return this.start(this.session).finally(settled);
  }

  /** Begins it on `session`: a transaction's, or its own. */
  start(session) {
    this.promise ??= this.work(session);
    return this.promise;
  }

  get [Symbol.toStringTag]() {
    return 'OrmPromise';
  }
}

module.exports = { Query };
