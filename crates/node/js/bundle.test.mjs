import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle, keepClassNames, splitTries } from './bundle.mjs';
import { patched } from './patches.mjs';

const sources = new Map(await bundle());

test('a catch before a finally gets a try of its own', () => {
  assert.equal(splitTries('try{a()}catch(e){b()}finally{c()}'), 'try{try{a()}catch(e){b()}}finally{c()}');
  assert.equal(
    splitTries('try{try{a}catch{b}finally{c}}catch{d}finally{e}'),
    'try{try{try{try{a}catch{b}}finally{c}}catch{d}}finally{e}',
  );
  for (const source of ['try{a}catch{b}', 'try{a}finally{b}', '"try{}catch{}finally{}"']) assert.equal(splitTries(source), source);
});

test('no builtin has a statement that the engine gets wrong', () => {
  for (const [id, source] of sources) assert.equal(splitTries(source), source, id);
});

test('a class that names itself keeps its name', () => {
  assert.equal(keepClassNames('let A=class _A{static b=_A.c}'), 'let A=class A{static b=A.c}');
  assert.equal(keepClassNames('class B{d=_A}'), 'class B{d=_A}');
});

test('builtins ask for builtins that there are', () => {
  for (const [id, source] of sources) {
    for (const [, asked] of source.matchAll(/(?<![\w.$])require\("([^"]+)"\)/g)) {
      assert.ok(sources.has(asked) || asked === 'process', `${id} asks for ${asked}`);
    }
  }
});

test('every builtin is a script', () => {
  for (const [id, source] of sources) {
    assert.doesNotThrow(() => new Function('exports', 'require', 'module', 'process', 'host', source), id);
  }
});

test('a patch that finds no place says so', () => {
  assert.throws(() => patched('path-browserify/index.js', 'nothing here'), /path-browserify\/index\.js has changed/);
});

test('what every program loads is small', () => {
  const eager = ['console', 'events', 'internal/errors', 'internal/error-stack', 'internal/globals', 'internal/validators'];
  const size = eager.reduce((sum, id) => sum + sources.get(id).length, 0);
  assert.ok(size < 30_000, `${size} characters`);
});
