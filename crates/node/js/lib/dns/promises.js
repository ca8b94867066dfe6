'use strict';

const dns = require('dns');

const promised = (fn, pick = (value) => value) => (...args) =>
  new Promise((resolve, reject) => {
    fn(...args, (error, ...values) => (error ? reject(error) : resolve(pick(...values))));
  });

function lookup(hostname, options) {
  const all = typeof options === 'object' && options?.all;
  return promised(dns.lookup, all ? undefined : (address, family) => ({ address, family }))(hostname, options ?? {});
}

module.exports = {
  getServers: dns.getServers,
  lookup,
  resolve: promised(dns.resolve),
  resolve4: promised(dns.resolve4),
  resolve6: promised(dns.resolve6),
  reverse: promised(dns.reverse),
};
