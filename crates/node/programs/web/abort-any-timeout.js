// Signals from time, and from other signals.
const controller = new AbortController();
const any = AbortSignal.any([controller.signal, AbortSignal.timeout(30)]);
any.addEventListener('abort', () => console.log('any:', any.reason.name, any.reason.code));
setTimeout(() => console.log('timer at 80, aborted:', any.aborted, controller.signal.aborted), 80);
console.log(any.aborted, AbortSignal.any([AbortSignal.abort(1)]).reason);
