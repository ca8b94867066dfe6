// What a program does about an error is decided by its code, never by its words.
const { Pool } = require('pg');

const pool = new Pool();
const ANSWERS = { 23505: [409, 'taken'], 23503: [422, 'no such user'], 23514: [422, 'not allowed'] };

async function answer(text, values) {
  try {
    await pool.query(text, values);
    return [201, 'created'];
  } catch (error) {
    return ANSWERS[error.code] ?? [500, 'unexpected'];
  }
}

async function main() {
  const user = 'INSERT INTO users (name, email, age) VALUES ($1, $2, $3)';
  console.log(await answer(user, ['Joan', 'joan@example.org', 30]));
  console.log(await answer(user, ['Joan', 'joan@example.org', 30]));
  console.log(await answer(user, ['Kid', 'kid@example.org', -3]));
  console.log(await answer('INSERT INTO orders (user_id, total) VALUES (77, 1)'));
  console.log(await answer('INSERT INTO orders'));
  await pool.end();
}

main();
