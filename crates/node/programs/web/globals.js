// What is in the global scope.
for (const name of ['setTimeout', 'queueMicrotask', 'structuredClone', 'URL', 'AbortController', 'TextEncoder', 'Buffer', 'process', 'console', 'performance', 'Event', 'EventTarget', 'atob', 'navigator', 'window', 'document', 'alert', 'require', 'global']) {
  console.log(name, eval(`typeof ${name}`));
}
