// The types of what process knows.
console.log(typeof process.pid, typeof process.ppid, typeof process.title, process.version.split('.')[0]);
console.log(process.platform.length > 0, typeof process.arch, Array.isArray(process.execArgv), process.execArgv.length);
console.log(process.argv.length, require('path').basename(process.argv[1]));
console.log(typeof process.uptime(), process.uptime() >= 0);
console.log(Object.keys(process.memoryUsage()));
console.log(typeof process.memoryUsage().heapUsed, process.memoryUsage.rss() > 0);
console.log(typeof process.cwd(), process.cwd() === __dirname);
console.log(Object.keys(process.versions).includes('v8'), process.release.name);
console.log(process.umask().toString(8).length <= 3, typeof process.getuid());
console.log(Object.keys(process.cpuUsage()));
