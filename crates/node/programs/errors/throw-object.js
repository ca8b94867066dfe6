// A thrown object is shown.
throw { code: 42, why: 'no reason' };
