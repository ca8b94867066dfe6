'use strict';

// A machine that is the same on every machine.

const { errnos } = require('internal/system-errors');

const CPU = { model: 'Simulated CPU', speed: 2000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } };
const signals = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15 };

module.exports = {
  arch: () => 'x64',
  availableParallelism: () => 4,
  cpus: () => Array.from({ length: 4 }, () => ({ ...CPU, times: { ...CPU.times } })),
  endianness: () => 'LE',
  freemem: () => 4 * 2 ** 30,
  getPriority: () => 0,
  homedir: () => '/home/node',
  hostname: () => 'localhost',
  loadavg: () => [0, 0, 0],
  machine: () => 'x86_64',
  networkInterfaces: () => ({
    lo: [
      {
        address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true,
        cidr: '127.0.0.1/8',
      },
    ],
  }),
  platform: () => 'linux',
  release: () => '6.1.0',
  setPriority() {},
  tmpdir: () => '/tmp',
  totalmem: () => 8 * 2 ** 30,
  type: () => 'Linux',
  uptime: () => 3600 + Math.floor(host.clock() / 1000),
  userInfo: () => ({ uid: 1000, gid: 1000, username: 'node', homedir: '/home/node', shell: '/bin/sh' }),
  version: () => '#1 SMP',
  constants: { signals, errno: errnos, priorities: { PRIORITY_LOW: 19, PRIORITY_NORMAL: 0, PRIORITY_HIGH: -14 } },
  EOL: '\n',
  devNull: '/dev/null',
};
