// A thenable's then is called in a job of its own, not at once.
const thenable = {
  then(resolve) {
    console.log('then is called');
    resolve('value');
  },
};
Promise.resolve(thenable).then((value) => console.log('got', value));
console.log('main');
Promise.resolve().then(() => console.log('other 1')).then(() => console.log('other 2'));
