// URLSearchParams as a list of pairs.
const params = new URLSearchParams('a=1&b=2&a=3&empty=&plus=x+y&pct=%C3%A9');
console.log(params.get('a'), params.getAll('a'), params.get('none'), params.has('empty'), params.get('plus'), params.get('pct'), params.size);
params.append('c', '4');
params.set('a', 'only');
params.delete('b');
console.log(params.toString(), [...params.keys()]);
params.sort();
console.log(String(params), params);
console.log(String(new URLSearchParams({ q: 'a b', r: 'ü&' })), String(new URLSearchParams([['x', '1'], ['x', '2']])));
for (const [key, value] of new URLSearchParams('?k=v')) console.log(key, value);
