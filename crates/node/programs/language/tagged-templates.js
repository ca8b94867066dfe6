// Template tags see the pieces.
const tag = (strings, ...values) => strings.raw.map((s, i) => s + (i < values.length ? `[${values[i]}]` : '')).join('');
console.log(tag`a${1}b\n${'x'}c`, String.raw`\t${2}`, `multi
line ${`nested ${1 + 1}`}`);
const same = () => ((s) => s)`x`;
console.log(same() === same());
