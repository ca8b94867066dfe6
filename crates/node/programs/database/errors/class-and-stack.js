// An error of the server is a DatabaseError, and its stack leads back to the program.
const { Client, DatabaseError } = require('pg');

async function ask(client) {
  return client.query('SELECT nonsense');
}

async function main() {
  const client = new Client();
  await client.connect();
  try {
    await ask(client);
  } catch (error) {
    console.log(error instanceof DatabaseError, error instanceof Error, error.name, String(error));
    console.log(error.stack.split('\n')[0]);
  }
  await client.end();
}

main();
