// Properties of an uncaught error are shown below its stack.
const error = new Error('request failed');
error.code = 'E_REQUEST';
error.status = 502;
throw error;
