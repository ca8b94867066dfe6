// return, return await and a wrapped throw in try/catch.
const fail = async () => { throw new Error('inner'); };
async function plain() { try { return fail(); } catch { return 'caught inside'; } }
async function awaited() { try { return await fail(); } catch { return 'caught inside'; } }
plain().then(console.log, (error) => console.log('rejected:', error.message));
awaited().then(console.log, (error) => console.log('rejected:', error.message));
