// btoa and atob, Blob.
console.log(btoa('hello'), atob('aGVsbG8='));
try {
  btoa('€');
} catch (error) {
  console.log(error.name, error.code);
}
const blob = new Blob(['ab', new Uint8Array([99])], { type: 'text/plain' });
console.log(blob.size, blob.type);
blob.text().then(console.log);
blob.slice(1, 2).arrayBuffer().then((bytes) => console.log(bytes.byteLength));
