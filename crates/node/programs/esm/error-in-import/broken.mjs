console.log('broken starts');
throw new RangeError('broken');
