// The error comes from deep inside: the place is where it was thrown.
function outer() { inner(); }
function inner() {
  const amount = -5;
  if (amount < 0) {
    throw new RangeError(`negative amount: ${amount}`);
  }
}
outer();
