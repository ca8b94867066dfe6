'use strict';
// Where statements run: the pool, which takes any connection that is free for each of them, or one connection inside
// of a transaction.

const { OrmError, OrmValidationError, translate } = require('./errors');

const LEVELS = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
};
/** Milliseconds that an interactive transaction may take: Prisma's. */
const TIMEOUT = 5_000;

/** Sends statements to `target`, a Pool or a Client of pg, and tells `events` of each. */
class Session {
  constructor(target, pool, events, settings) {
    Object.assign(this, { target, pool, events, settings, closed: null });
  }

  /** The result of a statement, its rows as arrays. Errors are translated. */
  async send(text, values = [], model = null, rowMode = 'array') {
    if (this.closed) throw new OrmError('P2028', this.closed);
    const started = performance.now();
    const tell = () => {
      const params = JSON.stringify(values, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      this.events.emit('query', { query: text, params, duration: Math.round(performance.now() - started) });
    };
    try {
      const result = await this.target.query({ text, values, rowMode });
      tell();
      return result;
    } catch (error) {
      tell();
      throw translate(error, model);
    }
  }

  get inTransaction() {
    return this.target !== this.pool;
  }

  /** Does `work` in a transaction: the one it is in, or a new one. */
  async atomically(work) {
    return this.inTransaction ? work(this) : this.transaction(work);
  }

  /**
   * Does `work` between BEGIN and COMMIT, on a connection of its own; ROLLBACK if it throws or takes too long. Nothing is
   * tried again: who calls knows whether that is safe. Prisma's `maxWait` is the pool's `connectionTimeoutMillis` here.
   */
  async transaction(work, { isolationLevel, timeout = TIMEOUT } = {}) {
    if (isolationLevel && !LEVELS[isolationLevel]) {
      throw new OrmValidationError(`\`isolationLevel\` is one of ${Object.keys(LEVELS).join(', ')}`);
    }
    const client = await this.pool.connect().catch((error) => {
      throw translate(error, null);
    });
    const inside = new Session(client, this.pool, this.events, this.settings);
    let timer;
    try {
      await inside.send('BEGIN');
      if (isolationLevel) await inside.send(`SET TRANSACTION ISOLATION LEVEL ${LEVELS[isolationLevel]}`);
      const tooLong = new Promise((_, reject) => {
        const late = () => {
          inside.closed = `Transaction already closed: it took longer than ${timeout} ms`;
          reject(new OrmError('P2028', inside.closed));
        };
        timer = setTimeout(late, timeout);
      });
      const result = await Promise.race([work(inside), tooLong]);
      clearTimeout(timer);
      // A call that was not awaited comes too late from here on, and is told so.
      const commit = inside.send('COMMIT');
      inside.closed = 'Transaction already closed: it was committed';
      await commit;
      client.release();
      return result;
    } catch (error) {
      clearTimeout(timer);
      inside.closed ??= 'Transaction already closed: it was rolled back';
      await rollBack(client, this.events);
      throw error;
    }
  }
}

/** A connection that cannot even roll back is thrown away. */
async function rollBack(client, events) {
  const end = new Session(client, null, events, {});
  await end.send('ROLLBACK').then(() => client.release(), (broken) => client.release(broken));
}

module.exports = { Session };
