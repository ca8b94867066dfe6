// What is in the global scope.
for (const name of ['setTimeout', 'queueMicrotask', 'structuredClone', 'fetch', 'URL', 'AbortController', 'TextEncoder', 'Buffer', 'process', 'console', 'performance', 'Event', 'EventTarget', 'MessageChannel', 'Blob', 'atob', 'WebAssembly', 'navigator', 'window', 'document', 'alert', 'require', 'global']) {
  console.log(name, eval(`typeof ${name}`));
}
