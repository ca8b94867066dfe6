//! Promise jobs on their way into the loop's queue, and what is known of them.

use super::host::Host;
use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::context::time::{Clock, JsInstant};
use boa_engine::job::{GenericJob, Job as BoaJob, JobCallback, JobExecutor, PromiseJob};
use boa_engine::object::JsObject;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsData, JsResult, JsValue, Trace};
use std::rc::Rc;

/// A microtask.
pub enum Job {
    /// A reaction, or a thenable being adopted.
    Promise(PromiseJob),
    /// `queueMicrotask`, or the body of an ES module.
    Host(Task),
}

/// Something of the host's that runs once.
type Task = Box<dyn FnOnce(&mut Context) -> JsResult<JsValue>>;

/// The process started at this time: 2025-01-01T00:00:00Z, in milliseconds since the epoch.
pub const EPOCH: i64 = 1_735_689_600_000;

/// Executor, hooks and clock in one: what the engine asks its host.
pub struct Jobs {
    host: Rc<Host>,
}

impl Jobs {
    pub fn new(host: Rc<Host>) -> Self {
        Self { host }
    }
}

/// Who a reaction will be, noted when `then` or `await` made it.
#[derive(Trace, Finalize, JsData)]
struct Origin {
    #[unsafe_ignore_trace]
    name: String,
    #[unsafe_ignore_trace]
    line: Option<u32>,
    /// On behalf of which line of the program.
    #[unsafe_ignore_trace]
    asker: Option<u32>,
}

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: BoaJob, context: &mut Context) {
        match job {
            BoaJob::PromiseJob(job) => {
                let line = self.host.line();
                self.host.state.borrow_mut().queue_microtask(line, Job::Promise(job));
            }
            BoaJob::AsyncJob(job) => super::modules::request(job, &self.host, context),
            BoaJob::GenericJob(job) => {
                let run = move |context: &mut Context| GenericJob::call(job, context);
                self.host.state.borrow_mut().queue_microtask(None, Job::Host(Box::new(run)));
            }
            // Nothing here makes timeouts of the engine's own, and nobody may rely on finalizers being run.
            _ => {}
        }
    }

    fn run_jobs(self: Rc<Self>, _context: &mut Context) -> JsResult<()> {
        Ok(())
    }
}

impl HostHooks for Jobs {
    fn make_job_callback(&self, callback: JsFunction, context: &mut Context) -> JobCallback {
        let line = self.host.line();
        let own = self.host.function_name(&callback, context);
        let (name, line) = if self.host.is_in_node(context) {
            (if own.is_empty() { "inside Node".to_owned() } else { own }, None)
        } else if !own.is_empty() {
            (own, line)
        } else if line.is_some_and(|line| self.host.line_awaits(line)) {
            // The engine resumes an async function by a callback without a name.
            let function = self.host.innermost_function(context).filter(|name| name != "main script");
            (function.map_or("await".to_owned(), |function| format!("await in {function}")), line)
        } else {
            ("(anonymous)".to_owned(), line)
        };
        let asker = self.host.state.borrow().recorder.asker();
        JobCallback::new(callback, Origin { name, line, asker })
    }

    fn call_job_callback(
        &self,
        job: &JobCallback,
        this: &JsValue,
        args: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        if let Some(origin) = job.host_defined().downcast_ref::<Origin>() {
            let mut state = self.host.state.borrow_mut();
            if let Some(id) = state.running() {
                let name = if origin.name == "then" { "adopt the promise" } else { &origin.name };
                state.recorder.rename(id, name, origin.line);
            }
            state.recorder.set_asker(origin.asker);
        }
        job.callback().call(this, args, context)
    }

    fn promise_rejection_tracker(&self, promise: &JsObject<Promise>, operation: OperationType, context: &mut Context) {
        let Some(core) = self.host.core.borrow().clone() else { return };
        let name = match operation {
            OperationType::Reject => "rejected",
            OperationType::Handle => "handled",
        };
        let place = self.host.line().map_or(JsValue::undefined(), JsValue::from);
        // The function only takes note of the promise: it cannot fail.
        let _ = super::host::call_core(&core, name, &[promise.clone().upcast().into(), place], context);
    }

    fn local_timezone_offset_seconds(&self, _unix_time_seconds: i64) -> i32 {
        0
    }

    fn max_buffer_size(&self, _context: &mut Context) -> u64 {
        self.host.memory as u64
    }
}

impl Clock for Jobs {
    fn now(&self) -> JsInstant {
        let nanos = self.host.state.borrow_mut().read_clock();
        JsInstant::new(nanos / 1_000_000_000, (nanos % 1_000_000_000) as u32)
    }

    fn system_time_millis(&self) -> i64 {
        EPOCH + (self.host.state.borrow_mut().read_clock() / 1_000_000) as i64
    }
}
