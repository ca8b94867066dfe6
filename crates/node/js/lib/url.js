'use strict';

const { codes } = require('internal/errors');
const { URL, URLSearchParams } = require('internal/url');

function fileURLToPath(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!(path instanceof URL)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  if (path.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST('linux');
  if (/%2f/i.test(path.pathname)) throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  return decodeURIComponent(path.pathname);
}

function pathToFileURL(path) {
  let resolved = require('path').resolve(path);
  if (path.endsWith('/') && resolved !== '/') resolved += '/';
  const special = { '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '?': '%3F', '#': '%23' };
  return new URL(`file://${resolved.replace(/[%\\\n\r\t?#]/g, (character) => special[character])}`);
}

function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

/** The record that the old `url.parse` returns. */
class Url {
  constructor() {
    for (const key of ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href']) this[key] = null;
  }
  format() {
    return format(this);
  }
}

const PARTS = /^([a-z][a-z0-9+.-]*:)?(\/\/)?(?:([^/?#@]*)@)?([^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is;

function parse(text, parseQuery = false, slashesDenoteHost = false) {
  if (text instanceof Url) return text;
  require('internal/validators').validateString(text, 'url');
  const url = new Url();
  const trimmed = text.trim();
  const [, protocol, slashes, auth, host] = trimmed.match(PARTS) ?? [];
  const hosted = slashes && (protocol || slashesDenoteHost);
  const rest = hosted ? trimmed.slice((protocol ?? '').length + 2 + (auth === undefined ? 0 : auth.length + 1) + (host ?? '').length) : trimmed.slice((protocol ?? '').length);
  const [, pathname, search, hash] = rest.match(/^([^?#]*)(\?[^#]*)?(#.*)?$/s);
  if (protocol) url.protocol = protocol.toLowerCase();
  if (hosted) {
    url.slashes = true;
    if (auth !== undefined) url.auth = decodeURIComponent(auth);
    const [, hostname, port] = (host ?? '').match(/^(.*?)(?::(\d*))?$/s);
    url.hostname = hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
    if (port) url.port = port;
    url.host = hostname.toLowerCase() + (port ? `:${port}` : '');
  }
  const web = ['http:', 'https:', 'ftp:', 'ws:', 'wss:', 'file:'].includes(url.protocol);
  url.pathname = pathname || (hosted && web ? '/' : null);
  if (search) url.search = search;
  else if (parseQuery) url.search = '';
  if (hash) url.hash = hash;
  url.query = parseQuery ? require('querystring').parse((search ?? '').slice(1)) : search ? search.slice(1) : null;
  if (url.pathname || url.search) url.path = (url.pathname ?? '') + (url.search ?? '');
  url.href = format(url);
  return url;
}

function format(url, options = {}) {
  if (typeof url === 'string') url = parse(url);
  if (url instanceof URL) {
    const copy = new URL(url.href);
    if (options.auth === false) copy.username = copy.password = '';
    if (options.fragment === false) copy.hash = '';
    if (options.search === false) copy.search = '';
    return copy.href;
  }
  let { protocol = '', auth = '', pathname = '', hash = '', search = '' } = { ...url, protocol: url.protocol ?? '' };
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  let host = url.host ?? '';
  if (!host && url.hostname) host = (url.hostname.includes(':') ? `[${url.hostname}]` : url.hostname) + (url.port ? `:${url.port}` : '');
  if (auth) host = `${encodeURIComponent(auth).replace(/%3A/i, ':')}@${host}`;
  if (!search && url.query && typeof url.query === 'object') search = require('querystring').stringify(url.query);
  if (search && !search.startsWith('?')) search = `?${search}`;
  if (hash && !hash.startsWith('#')) hash = `#${hash}`;
  const web = ['http:', 'https:', 'ftp:', 'ws:', 'wss:', 'file:'].includes(protocol);
  if (url.slashes || (web && host)) {
    host = `//${host}`;
    if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
  }
  return protocol + host + (pathname ?? '').replace(/[?#]/g, encodeURIComponent) + (search ?? '').replaceAll('#', '%23') + (hash ?? '');
}

/** Resolves `to` against `from`, which may be a path without a host. */
function resolve(from, to) {
  const base = 'resolve://relative';
  const resolved = new URL(to, new URL(from, base));
  if (resolved.protocol === 'resolve:') return resolved.pathname + resolved.search + resolved.hash;
  return resolved.toString();
}

module.exports = {
  URL,
  URLSearchParams,
  Url,
  domainToASCII: (domain) => host.parseUrl(`ws://${domain}`)?.hostname ?? '',
  domainToUnicode: (domain) => host.parseUrl(`ws://${domain}`)?.hostname ?? '',
  fileURLToPath,
  format,
  parse,
  pathToFileURL,
  resolve,
  urlToHttpOptions,
};
