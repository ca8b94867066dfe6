'use strict';

function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // What cannot be decoded stays, byte by byte.
    return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
  }
}

const escape = (text) => encodeURIComponent(text).replace(/%7E/g, '~');

function textOf(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
  return typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : '';
}

function stringify(object, separator = '&', equals = '=', options = {}) {
  if (object === null || typeof object !== 'object') return '';
  const encode = options?.encodeURIComponent ?? module.exports.escape;
  return Object.keys(object)
    .flatMap((key) => [object[key]].flat().map((value) => `${encode(key)}${equals}${encode(textOf(value))}`))
    .join(separator);
}

function parse(text, separator = '&', equals = '=', options = {}) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text === '') return result;
  const decode = options?.decodeURIComponent ?? module.exports.unescape;
  const limit = options?.maxKeys ?? 1000;
  let parts = text.split(separator);
  if (limit > 0) parts = parts.slice(0, limit);
  for (const part of parts) {
    if (part === '') continue;
    const plain = part.replaceAll('+', ' ');
    const at = plain.indexOf(equals);
    const key = decode(at < 0 ? plain : plain.slice(0, at));
    const value = at < 0 ? '' : decode(plain.slice(at + equals.length));
    if (!(key in result)) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

module.exports = { decode: parse, encode: stringify, escape, parse, stringify, unescape };
