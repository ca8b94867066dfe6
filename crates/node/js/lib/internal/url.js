'use strict';

// URL and URLSearchParams (WHATWG URL). The host parses; this is the object model.

const { codes } = require('internal/errors');

const customInspect = Symbol.for('nodejs.util.inspect.custom');

/** Percent-encodes as application/x-www-form-urlencoded. */
const encode = (text) =>
  encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');

function decode(text) {
  const plain = text.replaceAll('+', ' ');
  if (!plain.includes('%')) return plain;
  const { utf8Bytes, utf8Text } = require('internal/encoding');
  const bytes = [];
  for (let i = 0; i < plain.length; i++) {
    const hex = plain.slice(i + 1, i + 3);
    if (plain[i] === '%' && /^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(parseInt(hex, 16));
      i += 2;
    } else {
      const character = String.fromCodePoint(plain.codePointAt(i));
      bytes.push(...utf8Bytes(character));
      i += character.length - 1;
    }
  }
  return utf8Text(new Uint8Array(bytes), false, true)[0];
}

const parsePairs = (text) =>
  text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });

class URLSearchParams {
  #pairs = [];
  #changed = undefined;

  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      const iterate = init[Symbol.iterator];
      if (iterate !== null && iterate !== undefined) {
        if (typeof iterate !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
        for (const pair of init) {
          if (pair === null || typeof pair !== 'object' || [...pair].length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          const [name, value] = pair;
          this.#pairs.push([`${name}`, `${value}`]);
        }
      } else for (const name of Reflect.ownKeys(init)) this.#pairs.push([String(name), `${init[name]}`]);
    } else this.#pairs = parsePairs(`${init}`.replace(/^\?/, ''));
  }

  /** Reads `text` anew and from now on tells `changed` of every change. For URL alone. */
  static bind(params, text, changed) {
    params.#pairs = parsePairs(text.replace(/^\?/, ''));
    params.#changed = changed;
    return params;
  }
  #tell() {
    this.#changed?.(this.toString());
  }

  get size() {
    return this.#pairs.length;
  }
  append(name, value) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    this.#pairs.push([`${name}`, `${value}`]);
    this.#tell();
  }
  delete(name, value = undefined) {
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    this.#pairs = this.#pairs.filter(([key, item]) => key !== `${name}` || (value !== undefined && item !== `${value}`));
    this.#tell();
  }
  get(name) {
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    return this.#pairs.find(([key]) => key === `${name}`)?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter(([key]) => key === `${name}`).map(([, value]) => value);
  }
  has(name, value = undefined) {
    return this.#pairs.some(([key, item]) => key === `${name}` && (value === undefined || item === `${value}`));
  }
  set(name, value) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    const at = this.#pairs.findIndex(([key]) => key === `${name}`);
    if (at < 0) this.#pairs.push([`${name}`, `${value}`]);
    else {
      this.#pairs[at] = [`${name}`, `${value}`];
      this.#pairs = this.#pairs.filter(([key], i) => i <= at || key !== `${name}`);
    }
    this.#tell();
  }
  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#tell();
  }
  forEach(callback, thisArg = undefined) {
    require('internal/validators').validateFunction(callback, 'callback');
    for (const [name, value] of this.#pairs) callback.call(thisArg, value, name, this);
  }
  *entries() {
    for (const [name, value] of this.#pairs) yield [name, value];
  }
  *keys() {
    for (const [name] of this.#pairs) yield name;
  }
  *values() {
    for (const [, value] of this.#pairs) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  }
  [customInspect](depth, options) {
    if (depth < 0) return '[Object]';
    const { inspect } = require('internal/inspect');
    const items = this.#pairs.map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`);
    if (items.length === 0) return 'URLSearchParams {}';
    const line = `URLSearchParams { ${items.join(', ')} }`;
    return line.length - 'URLSearchParams '.length <= options.breakLength ? line : `URLSearchParams {\n  ${items.join(',\n  ')} }`;
  }
}
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });

/** Node's parser is C++: its error has a code, and no code in its name. */
function invalid(input, base) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

class URL {
  #parts;
  #params;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    this.#parts = host.parseUrl(`${input}`, base === undefined ? undefined : `${base}`);
    if (this.#parts === undefined) {
      throw invalid(`${input}`, base === undefined ? undefined : `${base}`);
    }
  }
  static canParse(input, base = undefined) {
    return host.parseUrl(`${input}`, base === undefined ? undefined : `${base}`) !== undefined;
  }

  /** Assigns a part; a value that does not fit changes nothing. */
  static assign(url, part, value) {
    const parts = host.setUrl(url.#parts.href, part, `${value}`);
    if (parts === undefined) {
      if (part !== 'href') return;
      throw invalid(`${value}`);
    }
    url.#parts = parts;
    if (url.#params && (part === 'href' || part === 'search')) url.#follow();
  }
  static part(url, name) {
    return url.#parts[name];
  }
  #follow() {
    URLSearchParams.bind(this.#params, this.#parts.search, (text) => {
      this.#parts = host.setUrl(this.#parts.href, 'search', text);
    });
  }

  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams();
      this.#follow();
    }
    return this.#params;
  }
  toString() {
    return this.#parts.href;
  }
  toJSON() {
    return this.#parts.href;
  }
  [customInspect](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {};
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search']) shown[name] = this[name];
    shown.searchParams = this.searchParams;
    shown.hash = this.hash;
    return `${this.constructor.name} ${require('internal/inspect').inspect(shown, options)}`;
  }
}

const { assign, part } = URL;
delete URL.assign;
delete URL.part;
for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) {
  Object.defineProperty(URL.prototype, name, {
    enumerable: true,
    configurable: true,
    get() {
      return part(this, name);
    },
    set: name === 'origin' ? undefined : function (value) { assign(this, name, value); },
  });
}
for (const name of ['searchParams', 'toString', 'toJSON']) Object.defineProperty(URL.prototype, name, { enumerable: true });
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });

module.exports = { URL, URLSearchParams };
