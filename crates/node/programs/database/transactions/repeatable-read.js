// REPEATABLE READ sees what was committed before its first statement; READ COMMITTED looks anew each time.
const { Client } = require('pg');

async function main() {
  const [reader, writer] = [new Client(), new Client()];
  await Promise.all([reader.connect(), writer.connect()]);
  for (const level of ['READ COMMITTED', 'REPEATABLE READ']) {
    await reader.query(`BEGIN ISOLATION LEVEL ${level}`);
    const read = async () => (await reader.query('SELECT balance FROM accounts WHERE id = 1')).rows[0].balance;
    const before = await read();
    await writer.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1');
    console.log(level, before, await read());
    await reader.query('COMMIT');
  }
  await Promise.all([reader.end(), writer.end()]);
}

main();
