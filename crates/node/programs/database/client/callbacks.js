// The same with callbacks: connect, query and end each take one.
const { Client } = require('pg');

const client = new Client();
client.connect((error) => {
  console.log('connected', error);
  client.query('SELECT name FROM users WHERE id = $1', [2], (error, result) => {
    console.log(error, result.rows);
    client.query('SELECT nonsense', (error, result) => {
      console.log(error.code, error.message, result);
      client.end((error) => console.log('ended', error));
    });
  });
});
