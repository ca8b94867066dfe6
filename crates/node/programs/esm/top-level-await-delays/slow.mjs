console.log('slow starts');
await new Promise((resolve) => setTimeout(resolve, 20));
console.log('slow ends');
