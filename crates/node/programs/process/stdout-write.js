// write takes a callback and says whether there is room.
const room = process.stdout.write('no line end');
process.stdout.write(' - now there is one\n', () => console.log('written'));
process.stderr.write('to stderr\n');
console.log(typeof room, process.stdout.fd, process.stderr.fd);
