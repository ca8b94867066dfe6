// A rejection with an object: the message shows it.
Promise.reject({ status: 503 });
