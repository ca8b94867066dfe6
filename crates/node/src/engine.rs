//! The door to the JavaScript engine: all that the loop needs to know of it.

/// A JavaScript engine with Node's JavaScript side loaded in it.
///
/// While its methods run, host functions change the [`State`](crate::event_loop::State) that engine and loop share; that
/// is how timers are armed and ticks queued. When [`State::halt`](crate::event_loop::State) is set, a method may return whatever
/// it likes: the loop looks there first.
pub trait Engine {
    /// A function kept by the loop, with its arguments.
    type Callback: Clone;
    /// A promise job (ECMA-262, *Jobs and Host Operations to Enqueue Jobs*).
    type Job;
    /// A thrown value.
    type Error;

    /// Runs the main module: the body of a CommonJS module, or the start of an ES module's evaluation.
    ///
    /// # Errors
    /// What the body throws.
    fn start(&mut self) -> Result<(), Self::Error>;

    /// Calls a callback.
    ///
    /// # Errors
    /// What it throws.
    fn call(&mut self, callback: &Self::Callback) -> Result<(), Self::Error>;

    /// Runs a promise job.
    ///
    /// # Errors
    /// What it throws: only `queueMicrotask` callbacks do.
    fn run_job(&mut self, job: Self::Job) -> Result<(), Self::Error>;

    /// Node's `processPromiseRejections`: emits `rejectionHandled` and `unhandledRejection`.
    /// True when it may have queued ticks or microtasks.
    ///
    /// # Errors
    /// What a listener throws.
    fn process_rejections(&mut self) -> Result<bool, Self::Error>;

    /// Node's `TriggerUncaughtException`: offers the error to `uncaughtException`; when nobody takes it, emits `exit`,
    /// prints it and halts the process.
    fn uncaught(&mut self, error: Self::Error);

    /// Emits `beforeExit`.
    ///
    /// # Errors
    /// What a listener throws.
    fn before_exit(&mut self) -> Result<(), Self::Error>;

    /// Emits `exit`.
    ///
    /// # Errors
    /// What a listener throws.
    fn exit(&mut self) -> Result<(), Self::Error>;

    /// Halts the process with its exit code.
    fn end(&mut self);
}
