'use strict';

// `util.types`: what a value is underneath, asked of the engine and not of the value.

const kind = (value) => ((typeof value === 'object' && value !== null) || typeof value === 'function' ? host.isKind(value) : '');
const is = (name) => (value) => kind(value) === name;

const typedArrayName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array).prototype, Symbol.toStringTag).get;
const isArrayOf = (name) => (value) => kind(value) === 'TypedArray' && typedArrayName.call(value) === name;

/** Whether `valueOf` of this primitive's wrapper accepts the value. */
const boxes = (Wrapper) => (value) => {
  if (kind(value) !== 'BoxedPrimitive') return false;
  try {
    Wrapper.prototype.valueOf.call(value);
    return true;
  } catch {
    return false;
  }
};

const isAsync = (value) => /^Async/.test(kind(value));
const isGeneratorKind = (value) => /GeneratorFunction$/.test(kind(value));

const types = {
  isExternal: () => false,
  isDate: is('Date'),
  isArgumentsObject: is('Arguments'),
  isBigIntObject: boxes(BigInt),
  isBooleanObject: boxes(Boolean),
  isNumberObject: boxes(Number),
  isStringObject: boxes(String),
  isSymbolObject: boxes(Symbol),
  isBoxedPrimitive: is('BoxedPrimitive'),
  isNativeError: is('Error'),
  isRegExp: is('RegExp'),
  isAsyncFunction: isAsync,
  isGeneratorFunction: isGeneratorKind,
  isGeneratorObject: is('Generator'),
  isPromise: is('Promise'),
  isMap: is('Map'),
  isSet: is('Set'),
  isMapIterator: is('MapIterator'),
  isSetIterator: is('SetIterator'),
  isWeakMap: is('WeakMap'),
  isWeakSet: is('WeakSet'),
  isArrayBuffer: is('ArrayBuffer'),
  isDataView: is('DataView'),
  isSharedArrayBuffer: is('SharedArrayBuffer'),
  isProxy: (value) => host.proxyDetails(value) !== undefined,
  isModuleNamespaceObject: is('ModuleNamespace'),
  isAnyArrayBuffer: (value) => /^(Shared)?ArrayBuffer$/.test(kind(value)),
  isCryptoKey: () => false,
  isKeyObject: () => false,
  isArrayBufferView: ArrayBuffer.isView,
  isTypedArray: is('TypedArray'),
};
for (const name of [
  'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
]) {
  types[`is${name}`] = isArrayOf(name);
}

module.exports = types;
