// Bundles the JavaScript part of Node: one CommonJS text per builtin.
//
//   node bundle.mjs OUT_DIR
//
// writes OUT_DIR/builtins/<id>.js and OUT_DIR/builtins.rs, the table that the loader reads; and the same of packages that
// programs may ask for, OUT_DIR/packages/<name>.js and OUT_DIR/packages.rs. A builtin is a file of
// lib/ or core/; its id is its path there without `.js`. Builtins see each other through `require`, which stays as it
// is; packages from npm are bundled into the one builtin that asks for them as `npm:NAME`.

import { build } from 'esbuild';
import { parser } from '@lezer/javascript';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectModule } from './inspect-module.mjs';
import { patched, patchedFiles } from './patches.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Every builtin: its id and the file it is made of. */
export function builtins() {
  const found = {};
  for (const folder of ['core', 'lib']) {
    const root = join(here, folder);
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
      const file = join(entry.parentPath ?? entry.path, entry.name);
      found[relative(root, file).slice(0, -3).split(sep).join('/')] = file;
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What packages written for browsers ask for, and the builtin that is the real thing here. */
const REPLACED = {
  'abort-controller': 'internal/abort',
  'buffer/': 'buffer',
  'events/': 'events',
  inherits: 'internal/inherits',
  'safe-buffer': 'buffer',
  'string_decoder/': 'string_decoder',
  'util/': 'util',
};

/** Modules inside a package that ours stand for: part of the package's path, the request, the builtin. */
const REPLACED_MODULES = [
  ['readable-stream', /^(\.\.?\/)*(ours\/)?errors$/, 'internal/errors'],
  ['assert.js', /util\/comparisons$/, 'internal/deep-equal'],
];

/** Packages that bring old engines up to date: the export of internal/assert-language that is enough here. */
const REPLACED_FUNCTIONS = {
  'call-bind/callBound': 'callBound',
  'is-nan': 'isNaN',
  'object-is': 'is',
  'object-is/polyfill': 'isPolyfill',
  'object.assign/polyfill': 'assign',
};

/** Keeps builtins out of each other's bundles and lets packages in by name. */
const resolving = (ids) => ({
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point') return;
      // A final slash says that the package is meant and not the module of the Node that runs this.
      const name = path.slice('npm:'.length);
      if (path.startsWith('npm:')) return { path: require.resolve(isBuiltin(name) ? `${name}/` : name) };
      const replaced = REPLACED_MODULES.find(([folder, request]) => importer.includes(folder) && request.test(path));
      if (replaced) return { path: replaced[2], external: true };
      // The process is a free variable of every builtin.
      if (path === 'process' || path === 'process/') return { path: 'process', namespace: 'free' };
      if (REPLACED_FUNCTIONS[path]) return { path: REPLACED_FUNCTIONS[path], namespace: 'language' };
      const id = REPLACED[path] ?? path.replace(/^node:/, '');
      // A package may bring packages of its own; our files name nothing but builtins.
      if (ids.has(id) || (!path.startsWith('.') && !importer.includes('node_modules'))) return { path: id, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'free' }, ({ path }) => ({ contents: `module.exports = ${path};` }));
    onLoad({ filter: /./, namespace: 'language' }, ({ path }) => ({
      contents: `module.exports = require('internal/assert-language').${path};`,
    }));
    onLoad({ filter: patchedFiles }, ({ path }) =>
      path.includes('node_modules') ? { contents: patched(path, readFileSync(path, 'utf8')) } : undefined,
    );
    onLoad({ filter: inspectModule.filter }, ({ path }) => ({
      contents: inspectModule.contents(readFileSync(path, 'utf8')),
    }));
  },
});

/**
 * `try {…} catch {…} finally {…}` with the `catch` inside a `try` of its own.
 *
 * Boa 0.22 loses an exception that leaves the `catch` when the `finally` catches another one. Split in two statements,
 * which mean the same, it does not.
 */
export function splitTries(source) {
  const insertions = [];
  parser.parse(source).iterate({
    enter({ name, node }) {
      if (name !== 'TryStatement') return;
      const caught = node.getChild('CatchClause');
      if (caught && node.getChild('FinallyClause')) insertions.push([node.from, 'try{'], [caught.to, '}']);
    },
  });
  insertions.sort(([a], [b]) => a - b);
  let out = '';
  let at = 0;
  for (const [position, text] of insertions) {
    out += source.slice(at, position) + text;
    at = position;
  }
  return out + source.slice(at);
}

/** `let Event=class _Event{…}` as it was written: esbuild renames a class that names itself, and programs see the name. */
export function keepClassNames(source) {
  return source.replace(/\b(\w+)=class _\1\b/g, '$1=class $1').replace(/\b_(\w+)\b/g, (name, own) =>
    source.includes(`${own}=class _${own}`) ? own : name,
  );
}

/** Builtins as `[id, source]`, in order of their ids. */
export async function bundle() {
  const files = builtins();
  const ids = new Set(Object.keys(files));
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(Object.entries(files).map(([id, file]) => [id, file])),
    outdir: join(here, 'out'),
    bundle: true,
    format: 'cjs',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['main'],
    conditions: ['require', 'default'],
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    write: false,
    logLevel: 'error',
    plugins: [resolving(ids)],
  });
  const sources = new Map(
    outputFiles.map(({ path, text }) => [relative(join(here, 'out'), path).slice(0, -3).split(sep).join('/'), text]),
  );
  return [...ids].map((id) => [id, splitTries(keepClassNames(sources.get(id)))]);
}

/** Packages that programs may `require`, beyond those in packages/: as package-lock.json fixes them. */
const PACKAGES = ['dataloader', 'opossum', 'p-limit', 'pg'];

/** Every package: its name and the file that is its entry. Ours are folders of packages/, with a package.json each. */
export function packages() {
  const found = Object.fromEntries(PACKAGES.map((name) => [name, require.resolve(name)]));
  const own = join(here, '..', 'packages');
  for (const entry of existsSync(own) ? readdirSync(own, { withFileTypes: true }) : []) {
    const described = join(own, entry.name, 'package.json');
    if (!entry.isDirectory() || !existsSync(described)) continue;
    const { name, main = 'index.js' } = JSON.parse(readFileSync(described, 'utf8'));
    found[name] = join(own, entry.name, main);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Packages as `[name, source]`, in order of their names: each with the packages that it alone needs in it. */
export async function bundlePackages() {
  const files = packages();
  const names = new Set(Object.keys(files));
  const bundled = [];
  for (const [name, file] of Object.entries(files)) {
    const { outputFiles } = await build({
      entryPoints: [file],
      outfile: join(here, 'out', 'package.js'),
      bundle: true,
      format: 'cjs',
      target: 'es2022',
      platform: 'node',
      mainFields: ['main'],
      conditions: ['require', 'default'],
      minifyWhitespace: true,
      legalComments: 'none',
      write: false,
      logLevel: 'error',
      // Written in C++; who asks for it is told that it is not installed.
      external: ['pg-native', ...[...names].filter((other) => other !== name)],
    });
    bundled.push([name, splitTries(keepClassNames(outputFiles[0].text))]);
  }
  return bundled;
}

/** Builtins that only a library with a feature has. */
const NEEDS = { 'internal/quick-pg': 'remote', 'internal/watch-packages': 'remote' };

/** Writes texts as files of a folder, and the table of them. */
function write(out, folder, table, words, texts) {
  const rows = [];
  for (const [id, source] of texts) {
    const file = join(out, folder, `${id}.js`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
    const only = NEEDS[id] ? `    #[cfg(feature = "${NEEDS[id]}")]\n` : '';
    rows.push(`${only}    (${JSON.stringify(id)}, include_str!(concat!(env!("OUT_DIR"), ${JSON.stringify(`/${folder}/${id}.js`)}))),\n`);
  }
  const text = `/// ${words}\npub static ${table}: &[(&str, &str)] = &[\n${rows.join('')}];\n`;
  writeFileSync(join(out, `${folder}.rs`), text);
}

async function main(out) {
  const ours = 'The builtins of Node that are written in JavaScript: id and source, in order of their ids.';
  write(out, 'builtins', 'BUILTINS', ours, await bundle());
  write(out, 'packages', 'PACKAGES', 'Packages of npm: name and source, in order of their names.', await bundlePackages());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
