//! Boa as the [`Engine`]: one context, Node's JavaScript side in it, and the host functions both need.

mod buffers;
mod bytes;
mod emitter;
mod files;
mod functions;
mod garbage;
mod host;
mod jobs;
mod modules;
mod packages;
mod postgres;
mod remote;
mod step;
mod values;
mod watch;

use crate::engine::Engine;
use crate::event_loop::State;
use crate::{ModuleKind, Options, Scenario};
use boa_engine::context::ContextBuilder;
use boa_engine::object::JsObject;
use boa_engine::{Context, JsError, JsResult, JsValue, js_string};
pub use files::Mount;
use host::Host;
pub use jobs::Job;
use jobs::Jobs;
use std::cell::RefCell;
use std::rc::Rc;

/// A function kept by the loop.
#[derive(Clone)]
pub struct Callback {
    function: JsObject,
    this: JsValue,
    args: Vec<JsValue>,
}

type Shared = Rc<RefCell<State<Callback, Job>>>;

/// Native recursion (a callback of `sort`, a getter) takes this much of the host's stack at most.
const NATIVE_RECURSION: usize = 12_000;
/// Slots of the engine's own stack; deep recursion of plain functions fits.
const STACK_SLOTS: usize = 4 << 20;

/// A context with Node in it.
pub struct BoaEngine {
    context: Context,
    host: Rc<Host>,
    /// What js/core/bootstrap.js returned: the functions the loop calls.
    core: JsObject,
}

impl BoaEngine {
    /// A context in which a program can start that is loaded as `module`.
    ///
    /// # Errors
    /// The message of a fault in Node's JavaScript side; *never* one of the program's.
    pub fn new(module: ModuleKind, options: &Options, state: Shared) -> Result<Self, String> {
        let host = Rc::new(Host::new(module, options, state));
        let jobs = Rc::new(Jobs::new(Rc::clone(&host)));
        let mut context = ContextBuilder::new()
            .host_hooks(Rc::clone(&jobs))
            .job_executor(Rc::clone(&jobs))
            .clock(Rc::clone(&jobs))
            .module_loader(Rc::new(modules::Loader(Rc::clone(&host))))
            .build()
            .map_err(|error| error.to_string())?;
        let limits = context.runtime_limits_mut();
        limits.set_recursion_limit(NATIVE_RECURSION);
        limits.set_stack_size_limit(STACK_SLOTS);
        limits.set_loop_iteration_limit(options.budget.steps.saturating_mul(10));
        context.insert_data(Rc::clone(&host));
        let core = boot(&mut context).map_err(|error| describe(&error, &mut context))?;
        *host.core.borrow_mut() = Some(core.clone());
        Ok(Self { context, host, core })
    }

    /// Evaluates what programs often need, ahead of time, compiles packages that they will ask for, and tidies up.
    pub fn preload(&mut self, packages: &[&str]) {
        let packages: Vec<JsValue> = packages.iter().map(|id| js_string!(*id).into()).collect();
        // It runs nothing but builtins, which are tested.
        let _ = self.core("preload", &packages);
        garbage::tidy();
    }

    /// Gives the context its program.
    pub fn load(&mut self, scenario: &Scenario) {
        self.host.load(scenario);
        if scenario.database.is_some() {
            // It sets variables of the environment, nothing else.
            let _ = self.core("findDatabase", &[]);
        }
    }

    /// Calls one of the functions of js/core/bootstrap.js.
    fn core(&mut self, name: &str, args: &[JsValue]) -> JsResult<JsValue> {
        host::call_core(&self.core, name, args, &mut self.context)
    }

    /// What was thrown, as a value. `None` when it was the host that ended the run.
    fn thrown(&mut self, error: JsError) -> Option<JsValue> {
        if self.host.halted() {
            return None;
        }
        if let Some(limit) = error.as_engine() {
            let message = match limit {
                boa_engine::error::EngineError::RuntimeLimit(
                    boa_engine::error::RuntimeLimitError::Recursion | boa_engine::error::RuntimeLimitError::StackSize,
                ) => "A function calls itself without end: the call stack is full.".to_owned(),
                boa_engine::error::EngineError::RuntimeLimit(_) => {
                    "An endless loop: it went round too often.".to_owned()
                }
                other => format!("The JavaScript engine gave up: {other}."),
            };
            self.host.state.borrow_mut().exhaust(message);
            return None;
        }
        error.into_opaque(&mut self.context).ok()
    }

    fn result(&mut self, result: JsResult<JsValue>) -> Result<(), JsError> {
        match result {
            Ok(_) => Ok(()),
            Err(_) if self.host.halted() => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Loads Node's JavaScript side.
fn boot(context: &mut Context) -> JsResult<JsObject> {
    let host = functions::object(context)?;
    let exports = JsObject::with_object_proto(context.intrinsics());
    let module = JsObject::with_object_proto(context.intrinsics());
    module.set(js_string!("exports"), exports.clone(), true, context)?;
    let bootstrap = modules::builtin("internal/bootstrap", context)?;
    let undefined = JsValue::undefined();
    let args = [exports.into(), undefined.clone(), module.clone().into(), undefined.clone(), host.into()];
    bootstrap.call(&undefined, &args, context)?;
    let core = module.get(js_string!("exports"), context)?;
    core.as_object().ok_or_else(|| boa_engine::JsNativeError::typ().with_message("bootstrap exported nothing").into())
}

fn describe(error: &JsError, context: &mut Context) -> String {
    let value = error.clone().into_opaque(context).unwrap_or_default();
    let text = |value: &JsValue, context: &mut Context| {
        value.to_string(context).map_or_else(|_| String::from("?"), |text| text.to_std_string_escaped())
    };
    let stack = value
        .as_object()
        .and_then(|object| object.get(js_string!("stack"), context).ok())
        .map(|stack| text(&stack, context))
        .unwrap_or_default();
    format!("{}\n{stack}", text(&value, context))
}

impl Engine for BoaEngine {
    type Callback = Callback;
    type Job = Job;
    type Error = JsError;

    fn start(&mut self) -> Result<(), JsError> {
        let main = self.host.main.clone();
        let result = match self.host.module {
            ModuleKind::CommonJs => {
                if let Err(error) = self.host.check(&main) {
                    self.host.reject(error);
                    return Ok(());
                }
                self.core("runMain", &[js_string!(main.as_str()).into()])
            }
            ModuleKind::Module => match modules::load_main(&main, &self.host, &mut self.context) {
                Ok(promise) => self.core("watchMain", &[promise]),
                Err(modules::LoadError::Syntax(error)) => {
                    self.host.reject(error);
                    return Ok(());
                }
                Err(modules::LoadError::Thrown(error)) => Err(error),
            },
        };
        self.result(result)
    }

    fn call(&mut self, callback: &Callback) -> Result<(), JsError> {
        let result = callback.function.call(&callback.this, &callback.args, &mut self.context);
        self.result(result)
    }

    fn run_job(&mut self, job: Job) -> Result<(), JsError> {
        let result = match job {
            Job::Promise(job) => job.call(&mut self.context),
            Job::Host(job) => job(&mut self.context),
        };
        // Node itself catches what a microtask throws and hands it on: the place of the `throw` is lost on the way.
        self.host.forget_thrown();
        self.result(result)
    }

    fn process_rejections(&mut self) -> Result<bool, JsError> {
        let result = self.core("processRejections", &[]);
        if self.host.halted() {
            return Ok(false);
        }
        result.map(|more| more.to_boolean())
    }

    fn uncaught(&mut self, error: JsError) {
        let Some(value) = self.thrown(error) else { return };
        if let Err(error) = self.core("uncaught", &[value, false.into()])
            && let Some(value) = self.thrown(error)
        {
            // A listener of uncaughtException threw: Node prints that error and exits with 7.
            let _ = self.core("die", &[value, 7.into()]);
        }
    }

    fn before_exit(&mut self) -> Result<(), JsError> {
        let result = self.core("beforeExit", &[]);
        self.result(result)
    }

    fn exit(&mut self) -> Result<(), JsError> {
        let result = self.core("exit", &[]);
        self.result(result)
    }

    fn end(&mut self) {
        // It halts by throwing what no program can catch.
        let _ = self.core("end", &[]);
    }
}
