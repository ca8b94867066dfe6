// A module that does not exist.
for (const name of ['./nothing', 'not-installed', '../no/such/file.js']) {
  try {
    require(name);
  } catch (error) {
    console.log(error.code, error.message.split('\n')[0]);
  }
}
