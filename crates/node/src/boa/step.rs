//! What instrumented programs call before each statement.

use super::host::{Host, halt};
use crate::scene::{CallbackId, Nanos, StackFrame};
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsResult, JsValue};
use interleave_kernel::{Mark, Note};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A statement is drawn this often in one callback; after that a loop goes on unseen until something else happens.
const DRAWN_ROUNDS: u32 = 24;

/// `__step__(line)`.
pub fn step(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let host = Host::of(context);
    let line = args.get_or_undefined(0).as_number().map_or(0, |line| line as u32);
    let in_main = host.is_in_main(context);
    {
        let mut state = host.state.borrow_mut();
        if in_main {
            state.line = Some(line);
            state.recorder.set_asker(Some(line));
        }
        if !state.take_step() {
            return Err(halt());
        }
    }
    host.check_memory()?;
    if in_main && host.is_observed() {
        draw(&host, line, context);
        if host.halted() {
            return Err(halt());
        }
    }
    Ok(JsValue::undefined())
}

/// `__enter__(line)`: a step, on entry to a function. Recursion without end becomes the error that Node throws, which the
/// engine's own limit would not.
pub fn enter(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let host = Host::of(context);
    let limit = host.state.borrow().budget.depth;
    if context.stack_trace().nth(limit).is_some() {
        return Err(too_deep());
    }
    if host.is_instrumented() { step(this, args, context) } else { Ok(JsValue::undefined()) }
}

fn too_deep() -> JsError {
    JsNativeError::range().with_message("Maximum call stack size exceeded").into()
}

/// How often each line has run in one callback, and what was left undrawn of it.
#[derive(Default)]
pub struct Rounds {
    of: Option<CallbackId>,
    visits: BTreeMap<u32, u32>,
    /// Steps that were not drawn since the last frame of this callback, and when the first of them was.
    undrawn: Option<(u32, Nanos)>,
}

impl Rounds {
    /// Counts a visit of `line`. `None` when it is not to be drawn; otherwise what to say of the steps left out before it.
    fn visit(&mut self, running: CallbackId, line: u32, now: Nanos) -> Option<String> {
        if self.of != Some(running) {
            *self = Self { of: Some(running), ..Self::default() };
        }
        let visits = self.visits.entry(line).or_insert(0);
        *visits += 1;
        if *visits > DRAWN_ROUNDS {
            self.undrawn.get_or_insert((0, now)).0 += 1;
            return None;
        }
        let left_out = self.undrawn.take().map(|(steps, since)| {
            #[expect(clippy::cast_precision_loss, reason = "a time for people to read")]
            let millis = (now - since) as f64 / 1e6;
            format!(" Before it, {steps} more steps of the loop went by in {millis:.1} ms.")
        });
        let last = format!(" Its {DRAWN_ROUNDS}th time in this callback: further rounds are not drawn.");
        Some(left_out.unwrap_or(if *visits == DRAWN_ROUNDS { last } else { String::new() }))
    }
}

/// Cuts the frame in which this line is about to run.
fn draw(host: &Rc<Host>, line: u32, context: &Context) {
    let (running, now) = {
        let state = host.state.borrow();
        (state.running(), state.now())
    };
    let Some(more) = running.and_then(|running| host.rounds.borrow_mut().visit(running, line, now)) else { return };
    let stack = host.stack(line, context);
    let source = host.source_line(line);
    let mut state = host.state.borrow_mut();
    state.recorder.stack(stack);
    state.frame(Mark::Step, || format!("Line {line}: {}{more}", Note::code(&source)));
}

impl Host {
    /// The functions of the program on the engine's stack, outermost first; the innermost is on `line`.
    fn stack(&self, line: u32, context: &Context) -> Vec<StackFrame> {
        let mut frames: Vec<StackFrame> = context
            .stack_trace()
            .take(self.drawn_depth)
            .filter_map(|frame| {
                let at = frame.position();
                self.is_main(&at.path).then(|| StackFrame {
                    name: self.shown_name(&at.function_name.to_std_string_escaped()),
                    line: at.position.map(|position| position.line_number()),
                })
            })
            .collect();
        if let Some(innermost) = frames.first_mut() {
            innermost.line = Some(line);
        }
        // A CommonJS file runs as a function without a name.
        if let Some(outermost) = frames.last_mut()
            && self.state.borrow().is_main_script_running()
        {
            outermost.name = "main script".to_owned();
        }
        frames.reverse();
        frames
    }
}
