// Takes `util.inspect` out of the npm package node-inspect-extracted, which bundles Node's own source of it together
// with stubs of what that source imports. The source stays; what it imports comes from our builtins, which can see
// into promises, proxies and iterators. The package follows a newer Node: a few lines go back to what Node 20 prints.

import { parser } from '@lezer/javascript';

/** Number of the module within the package that is `lib/internal/util/inspect.js`. */
const INSPECT = '223';

/** The package's numbers of the modules that it imports, and what takes their place. */
const IMPORTS = {
  101: 'internal/inspect/surroundings',
  123: 'internal/inspect/surroundings',
  302: 'internal/validators',
  499: 'internal/types',
  537: 'internal/inspect/surroundings',
  683: 'internal/inspect/primordials',
  727: 'internal/inspect/surroundings',
  778: 'internal/inspect/surroundings',
  812: 'internal/inspect/surroundings',
  947: 'internal/inspect/surroundings',
};

/** Where Node 20 writes something else: `[Symbol(a)]: 1`, `byteLength: 8` of an ArrayBuffer, a proxy as its target. */
const NODE_20 = [
  ['s=t.stylize(e,"symbol")}else', 's=t.stylize(e,"symbol"),s=`[${s}]`,i={enumerable:!0}}else'],
  ['if(0!==s)for(let e=0;e<s;e++)', 'if(!1)for(let e=0;e<s;e++)'],
  ['for(let n=0;n<s;n++)e=`${t.stylize("Proxy("', 'for(let n=0;n<0;n++)e=`${t.stylize("Proxy("'],
  ['{ [byteLength]: ${', '{ byteLength: ${'],
  ['`${t.stylize(`[${r}]`,"string")}: ${i}`', '`${r}: ${i}`'],
];

export const inspectModule = {
  filter: /node-inspect-extracted[\\/]dist[\\/]inspect\.js$/,
  contents(source) {
    let method = '';
    parser.parse(source).iterate({
      enter({ name, from, to }) {
        if (name === 'Property' && source.startsWith(`${INSPECT}(`, from)) method = source.slice(from, to);
      },
    });
    for (const [theirs, ours] of NODE_20) {
      if (method.split(theirs).length !== 2) throw new Error(`node-inspect-extracted has changed: no ${theirs}`);
      method = method.replace(theirs, () => ours);
    }
    const cases = Object.entries(IMPORTS).map(([number, id]) => `case ${number}:return require(${JSON.stringify(id)});`);
    return `const imported=n=>{switch(n){${cases.join('')}}};({${method}})[${INSPECT}](module,exports,imported);`;
  },
};
