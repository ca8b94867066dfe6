// What is the same on every machine of this kind.
const os = require('node:os');
console.log(JSON.stringify(os.EOL), os.constants.signals.SIGINT, os.constants.errno.ENOENT, os.devNull);
console.log(typeof os.hostname(), typeof os.totalmem(), Array.isArray(os.cpus()), typeof os.uptime(), os.endianness());
console.log(typeof os.type(), typeof os.platform(), os.tmpdir() === '/tmp', typeof os.homedir(), os.loadavg().length);
