use interleave_kernel::explore::{Limits, Verdict, explore};
use interleave_protocols::outbox::*;
use std::ops::ControlFlow;
#[test]
fn figures() {
    for preset in PRESETS {
        let t = std::time::Instant::now();
        let found =
            explore(&Outbox::new(&(preset.scenario)()).unwrap(), &Limits::default(), |_| ControlFlow::Continue(()));
        print!(
            "{} {} {} {} {:?} dead {:?} {:?}:",
            preset.id,
            found.states,
            found.transitions,
            found.depth,
            found.stopped,
            found.deadlock.is_some(),
            t.elapsed()
        );
        for j in &found.verdicts {
            match &j.verdict {
                Verdict::Broken(b) => print!(" {}={}+{}", j.rule, b.schedule.actions.len(), b.cycle.actions.len()),
                Verdict::Unreached => print!(" UNREACHED"),
                _ => {}
            }
        }
        println!();
    }
}
