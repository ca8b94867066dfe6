// A dependency with a top-level await delays its importer, and not its sibling's start.
import './slow.mjs';
import './quick.mjs';
console.log('main');
