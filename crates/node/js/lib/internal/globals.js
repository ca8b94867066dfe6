'use strict';

// Globals that exist from the start and are loaded when first read: name, the builtin, its export.

module.exports = {
  AbortController: ['internal/abort', 'AbortController'],
  AbortSignal: ['internal/abort', 'AbortSignal'],
  Buffer: ['buffer', 'Buffer'],
  CustomEvent: ['internal/event-target', 'CustomEvent'],
  DOMException: ['internal/dom-exception', 'DOMException'],
  Event: ['internal/event-target', 'Event'],
  EventTarget: ['internal/event-target', 'EventTarget'],
  TextDecoder: ['internal/encoding', 'TextDecoder'],
  TextEncoder: ['internal/encoding', 'TextEncoder'],
  URL: ['internal/url', 'URL'],
  URLSearchParams: ['internal/url', 'URLSearchParams'],
  atob: ['buffer', 'atob'],
  btoa: ['buffer', 'btoa'],
  console: ['console'],
  crypto: ['crypto', 'webcrypto'],
  performance: ['perf_hooks', 'performance'],
  structuredClone: ['internal/structured-clone', 'structuredClone'],
};
