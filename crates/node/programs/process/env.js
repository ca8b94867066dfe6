// Environment variables are text.
process.env.ANSWER = 42;
process.env.NOTHING = undefined;
console.log(typeof process.env.ANSWER, process.env.ANSWER, process.env.NOTHING, process.env.NOT_SET);
console.log('ANSWER' in process.env, delete process.env.ANSWER, 'ANSWER' in process.env);
console.log(Object.keys(process.env).includes('NOTHING'));
