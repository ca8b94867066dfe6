'use strict';

// `console.table`: rows and columns of a value, drawn as Node 20 draws them (cells flush left).

const { getStringWidth, inspect } = require('internal/inspect');

const INDEX = '(index)';
const ITERATION = '(iteration index)';
const KEY = 'Key';
const VALUES = 'Values';

function cell(value) {
  const wide = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2;
  return inspect(value, { depth: wide ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });
}

/** Columns, each a heading and its cells. */
function columnsOf(data, chosen) {
  const kind = host.isKind(data);
  const isIterator = kind === 'MapIterator' || kind === 'SetIterator';
  if (kind === 'Map' || kind === 'Set' || isIterator) {
    const entries = isIterator ? host.previewEntries(data) : [...data];
    const index = [ITERATION, entries.map((_, i) => cell(i))];
    const pairs = kind === 'Map' || (isIterator && host.givesPairs(data));
    if (!pairs) return [index, [VALUES, entries.map(cell)]];
    return [index, [KEY, entries.map(([key]) => cell(key))], [VALUES, entries.map(([, value]) => cell(value))]];
  }
  const rows = Object.keys(data);
  const columns = new Map();
  const primitives = [];
  for (const [i, row] of rows.entries()) {
    const item = data[row];
    const primitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (primitive && chosen === undefined) {
      primitives[i] = cell(item);
      continue;
    }
    for (const key of chosen ?? Object.keys(item)) {
      if (!columns.has(key)) columns.set(key, []);
      columns.get(key)[i] = primitive || !Object.hasOwn(item, key) ? '' : cell(item[key]);
    }
  }
  // Keys that are whole numbers come first, as in every object.
  const inOrder = Object.entries(Object.fromEntries(columns));
  return [[INDEX, rows], ...inOrder, ...(primitives.length > 0 ? [[VALUES, primitives]] : [])];
}

module.exports = function table(data, chosen) {
  const columns = columnsOf(data, chosen);
  const height = Math.max(...columns.map(([, cells]) => cells.length));
  const widths = columns.map(([heading, cells]) => Math.max(...[heading, ...cells].map((text) => getStringWidth(text ?? ''))));
  const line = (texts) =>
    `│ ${texts.map((text, i) => text + ' '.repeat(widths[i] - getStringWidth(text))).join(' │ ')} │\n`;
  const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  let out = `${rule('┌', '┬', '┐')}\n${line(columns.map(([heading]) => heading))}${rule('├', '┼', '┤')}\n`;
  for (let i = 0; i < height; i++) out += line(columns.map(([, cells]) => cells[i] ?? ''));
  return out + rule('└', '┴', '┘');
};
