//! What instrumented programs call before each statement.

use super::host::{Host, halt};
use crate::scene::StackFrame;
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsResult, JsValue};
use interleave_kernel::{Mark, Note};
use std::rc::Rc;

/// A statement is drawn this often in one callback; after that a loop goes on unseen until something else happens.
const DRAWN_ROUNDS: u32 = 64;

/// `__step__(line)`.
pub fn step(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let host = Host::of(context);
    let line = args.get_or_undefined(0).as_number().map_or(0, |line| line as u32);
    let in_main = host.is_in_main(context);
    {
        let mut state = host.state.borrow_mut();
        if in_main {
            state.line = Some(line);
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

/// Cuts the frame in which this line is about to run.
fn draw(host: &Rc<Host>, line: u32, context: &Context) {
    let (running, rounds) = host.count_round(line);
    if rounds > DRAWN_ROUNDS || running.is_none() {
        return;
    }
    let stack = host.stack(line, context);
    let mut state = host.state.borrow_mut();
    state.recorder.stack(stack);
    let source = host.source_line(line);
    state.frame(Mark::Step, || {
        let more = if rounds == DRAWN_ROUNDS {
            format!(" This is its {rounds}th time in this callback; further rounds are not drawn.")
        } else {
            String::new()
        };
        format!("Line {line}: {}{more}", Note::code(&source))
    });
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
        frames.reverse();
        frames
    }
}
