// JSON files are parsed; a broken one throws.
const config = require('./config.json');
console.log(config.name, config.ports);
console.log(require('./config') === config);
try {
  require('./broken.json');
} catch (error) {
  console.log(error.name);
}
