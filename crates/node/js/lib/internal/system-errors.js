'use strict';

// Errors of the operating system, in libuv's numbers and words.

const ERRORS = {
  E2BIG: [-7, 'argument list too long'],
  EACCES: [-13, 'permission denied'],
  EADDRINUSE: [-98, 'address already in use'],
  EAI_AGAIN: [-3001, 'temporary failure'],
  EAI_NONAME: [-3008, 'unknown node or service'],
  EBADF: [-9, 'bad file descriptor'],
  ECANCELED: [-125, 'operation canceled'],
  ECONNABORTED: [-103, 'software caused connection abort'],
  ECONNREFUSED: [-111, 'connection refused'],
  ECONNRESET: [-104, 'connection reset by peer'],
  EEXIST: [-17, 'file already exists'],
  EINVAL: [-22, 'invalid argument'],
  EISDIR: [-21, 'illegal operation on a directory'],
  ELOOP: [-40, 'too many symbolic links encountered'],
  EMFILE: [-24, 'too many open files'],
  ENOENT: [-2, 'no such file or directory'],
  ENOTDIR: [-20, 'not a directory'],
  ENOTEMPTY: [-39, 'directory not empty'],
  ENOTFOUND: [-3008, 'unknown node or service'],
  ENOTSUP: [-95, 'operation not supported on socket'],
  EPERM: [-1, 'operation not permitted'],
  EPIPE: [-32, 'broken pipe'],
  EROFS: [-30, 'read-only file system'],
  ETIMEDOUT: [-110, 'connection timed out'],
};

/** `ENOENT: no such file or directory, open 'x'`, with `errno`, `code`, `syscall` and the paths it is about. */
function fileError(code, syscall, path, dest) {
  const [errno, words] = ERRORS[code];
  let message = `${code}: ${words}, ${syscall}`;
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

/** `connect ECONNREFUSED 127.0.0.1:80`, as sockets report it. */
function socketError(code, syscall, address, port) {
  const [errno, words] = ERRORS[code];
  const place = address === undefined ? '' : port > 0 ? ` ${address}:${port}` : ` ${address}`;
  const error = new Error(syscall === 'listen' ? `${syscall} ${code}: ${words}${place}` : `${syscall} ${code}${place}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (address !== undefined) error.address = address;
  if (port) error.port = port;
  return error;
}

/** `getaddrinfo ENOTFOUND host` */
function lookupError(code, syscall, hostname) {
  const error = new Error(`${syscall} ${code}${hostname === undefined ? '' : ` ${hostname}`}`);
  error.errno = ERRORS[code][0];
  error.code = code;
  error.syscall = syscall;
  if (hostname !== undefined) error.hostname = hostname;
  return error;
}

/** Every known error as `[errno, [code, words]]`, for `util.getSystemErrorMap`. */
const map = () => new Map(Object.entries(ERRORS).map(([code, [errno, words]]) => [errno, [code, words]]));

/** The error without its frames: one that comes from a thread of the pool has no JavaScript below it. */
function withoutFrames(error) {
  Object.defineProperty(error, 'stack', {
    value: `Error: ${error.message}`,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  return error;
}

const errnos = Object.fromEntries(Object.entries(ERRORS).map(([code, [errno]]) => [code, -errno]));

module.exports = { fileError, socketError, lookupError, withoutFrames, map, errnos };
