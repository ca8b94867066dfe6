'use strict';

// `dns`: `lookup` is getaddrinfo on the thread pool, at most half of it at a time; the rest asks over the network.

const { codes } = require('internal/errors');
const { addressesOf, isIP, whatThereIs } = require('internal/addresses');
const { lookupError } = require('internal/system-errors');
const { argumentNames } = require('internal/promisify');
const { validateFunction, validateOneOf, validateString } = require('internal/validators');

const LOOKUP = 300;
const QUERY = 800;

function lookup(hostname, options, callback) {
  if (hostname && typeof hostname !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('hostname', 'string', hostname);
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'callback');
  const { family: wanted = 0, all = false } = typeof options === 'number' ? { family: options } : (options ?? {});
  const family = wanted === 'IPv4' ? 4 : wanted === 'IPv6' ? 6 : wanted;
  validateOneOf(family, 'family', [0, 4, 6]);
  const answer = (found) => {
    if (all) callback(null, found);
    else callback(null, found[0].address, found[0].family);
  };
  if (!hostname) {
    process.nextTick(all ? () => callback(null, []) : () => callback(null, null, family === 6 ? 6 : 4));
    return {};
  }
  if (isIP(hostname)) {
    const found = [{ address: hostname, family: isIP(hostname) }];
    process.nextTick(() => answer(found));
    return {};
  }
  host.poolSlow(`lookup ${hostname}`, callback.name || 'dns.lookup', LOOKUP, () => {
    const found = addressesOf(hostname).filter((entry) => family === 0 || entry.family === family);
    if (found.length > 0) answer(found);
    else {
      const error = lookupError('ENOTFOUND', 'getaddrinfo', hostname);
      error.message += whatThereIs();
      callback(error);
    }
  });
  return {};
}
lookup[argumentNames] = ['address', 'family'];

/** A question to a name server: a socket's answer, no thread of the pool. */
function query(name, kind, select) {
  return {
    [name](hostname, ...rest) {
      const callback = rest.pop();
      validateString(hostname, 'name');
      validateFunction(callback, 'callback');
      host.network(`${kind} ${hostname}`, callback.name || `dns.${name}`, QUERY, () => {
        const found = select(hostname);
        if (found.length > 0) callback(null, found);
        else callback(lookupError('ENOTFOUND', kind, hostname));
      });
      return {};
    },
  }[name];
}

const ofFamily = (family) => (hostname) =>
  addressesOf(hostname).filter((entry) => entry.family === family).map((entry) => entry.address);

const resolve4 = query('resolve4', 'queryA', ofFamily(4));
const resolve6 = query('resolve6', 'queryAaaa', ofFamily(6));

function resolve(hostname, type, callback) {
  if (typeof type === 'function') [type, callback] = ['A', type];
  validateOneOf(type, 'rrtype', ['A', 'AAAA']);
  return type === 'A' ? resolve4(hostname, callback) : resolve6(hostname, callback);
}

const reverse = query('reverse', 'getHostByAddr', (address) => (address === '127.0.0.1' || address === '::1' ? ['localhost'] : []));

module.exports = {
  lookup,
  resolve,
  resolve4,
  resolve6,
  reverse,
  getServers: () => ['127.0.0.53'],
  setServers() {},
  getDefaultResultOrder: () => 'verbatim',
  setDefaultResultOrder() {},
  ADDRCONFIG: 32,
  V4MAPPED: 8,
  ALL: 16,
  NOTFOUND: 'ENOTFOUND',
  get promises() {
    return require('dns/promises');
  },
};
