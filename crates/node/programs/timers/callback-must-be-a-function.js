// A callback that is no function is refused at once.
for (const callback of [undefined, 'alert(1)', {}]) {
  try {
    setTimeout(callback, 10);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
