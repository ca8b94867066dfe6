// var shares, let does not: the oldest question of all.
for (var i = 0; i < 3; i++) setTimeout(() => console.log('var', i), 1);
for (let j = 0; j < 3; j++) setTimeout(() => console.log('let', j), 1);
for (var k = 0; k < 3; k++) ((n) => setTimeout(() => console.log('iife', n), 1))(k);
