// btoa and atob.
console.log(btoa('hello'), atob('aGVsbG8='));
try {
  btoa('€');
} catch (error) {
  console.log(error.name, error.code);
}
