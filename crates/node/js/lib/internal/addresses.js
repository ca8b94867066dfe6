'use strict';

// Internet addresses, and the names that exist in a network that is only this program.

const V4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

function isV6(text) {
  const [address] = text.split('%');
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const count = groups.length + (V4.test(last) ? 1 : 0);
  const hex = groups.every((group, i) => /^[0-9a-f]{1,4}$/i.test(group) || (i === groups.length - 1 && V4.test(group)));
  return hex && (halves.length === 2 ? count < 8 : count === 8);
}

const isIP = (text) => (V4.test(`${text}`) ? 4 : isV6(`${text}`) ? 6 : 0);

/** Addresses of a host name; none for a name that does not exist. Names under `.invalid` never do (RFC 6761). */
function addressesOf(name) {
  const hostname = name.toLowerCase().replace(/\.$/, '');
  const family = isIP(hostname);
  if (family) return [{ address: hostname, family }];
  const database = host.database();
  if (database?.host === hostname) return [{ address: database.address, family: isIP(database.address) }];
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return [{ address: '127.0.0.1', family: 4 }];
  // Beside a database there is nothing else: who means another one is told so.
  if (database !== undefined || !hostname.includes('.') || hostname.endsWith('.invalid')) return [];
  // The block that is kept for documentation (RFC 5737): the same name has the same address in every run.
  let sum = 0;
  for (const character of hostname) sum = (sum * 31 + character.charCodeAt(0)) % 254;
  return [{ address: `203.0.113.${sum + 1}`, family: 4 }];
}

/** What there is to connect to, for the message about a name that is not known; nothing where there is no database. */
function whatThereIs() {
  const database = host.database();
  return database === undefined ? '' : `. This simulated network has one database, at ${database.host}:${database.port}, and nothing beyond it.`;
}

module.exports = { addressesOf, isIP, whatThereIs };
