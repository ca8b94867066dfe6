// A Query object tells of each row as it arrives.
const { Client, Query } = require('pg');

const client = new Client();
client.connect().then(() => {
  const query = client.query(new Query('SELECT name FROM users ORDER BY id'));
  query.on('row', (row) => console.log('row', row));
  query.on('end', (result) => {
    console.log('end', result.rowCount);
    client.end();
  });
  query.on('error', (error) => console.log('error', error.message));
});
client.on('end', () => console.log('client ended'));
