console.log('fails runs');
throw new Error('while loading');
