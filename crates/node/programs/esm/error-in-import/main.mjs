// When a dependency fails, its importer never runs.
import './broken.mjs';
console.log('never');
