// Errors of import() can be handled.
for (const what of ['./nothing.mjs', 'nopackage', 'node:nothing']) {
  try {
    await import(what);
  } catch (error) {
    console.log(what, error.code);
  }
}
