// Two insert the same key: the second waits for the first, and then fails or succeeds.
const { Client } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  for (const end of ['COMMIT', 'ROLLBACK']) {
    await one.query('BEGIN');
    await one.query("INSERT INTO jobs (id, payload) VALUES (9, 'one')");
    const second = other.query("INSERT INTO jobs (id, payload) VALUES (9, 'other')").then(
      ({ rowCount }) => console.log('inserted', rowCount),
      (error) => console.log(error.code, error.constraint),
    );
    await pause(50);
    console.log(end);
    await one.query(end);
    await second;
    await one.query('DELETE FROM jobs WHERE id = 9');
  }
  await Promise.all([one.end(), other.end()]);
}

main();
