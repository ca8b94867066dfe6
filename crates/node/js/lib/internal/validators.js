'use strict';

// Argument checks that fail with Node's words.

const { codes } = require('internal/errors');

const wrongType = (name, type, value) => new codes.ERR_INVALID_ARG_TYPE(name, type, value);

function ofType(type) {
  return (value, name) => {
    if (typeof value !== type) throw wrongType(name, type, value);
  };
}

const validateString = ofType('string');
const validateBoolean = ofType('boolean');
const validateFunction = ofType('function');

function validateNumber(value, name, min, max) {
  if (typeof value !== 'number') throw wrongType(name, 'number', value);
  if ((min != null && value < min) || (max != null && value > max) || ((min != null || max != null) && Number.isNaN(value))) {
    const range = [min != null && `>= ${min}`, max != null && `<= ${max}`].filter(Boolean).join(' && ');
    throw new codes.ERR_OUT_OF_RANGE(name, range, value);
  }
}

function validateInteger(value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number') throw wrongType(name, 'number', value);
  if (!Number.isInteger(value)) throw new codes.ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (value < min || value > max) throw new codes.ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
}

const validateInt32 = (value, name, min = -2147483648, max = 2147483647) => validateInteger(value, name, min, max);
const validateUint32 = (value, name, positive = false) => validateInteger(value, name, positive ? 1 : 0, 4294967295);

function validateObject(value, name) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrongType(name, 'Object', value);
}

function validateArray(value, name) {
  if (!Array.isArray(value)) throw wrongType(name, 'Array', value);
}

function validateOneOf(value, name, among) {
  if (among.includes(value)) return;
  const allowed = among.map((item) => (typeof item === 'string' ? `'${item}'` : String(item))).join(', ');
  throw new codes.ERR_INVALID_ARG_VALUE(name, value, `must be one of: ${allowed}`);
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw wrongType(name, 'AbortSignal', signal);
  }
}

function validatePort(port, name = 'Port', allowZero = true) {
  const number = typeof port === 'string' && port.trim() === '' ? NaN : +port;
  if (
    (typeof port !== 'number' && typeof port !== 'string') ||
    number !== number >>> 0 ||
    number > 0xffff ||
    (number === 0 && !allowZero)
  ) {
    throw new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero);
  }
  return number;
}

module.exports = {
  validateAbortSignal,
  validateArray,
  validateBoolean,
  validateFunction,
  validateInt32,
  validateInteger,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePort,
  validateString,
  validateUint32,
};
