use interleave_kernel::explore::{Explored, Limits, Verdict, explore};
use interleave_protocols::two_phase_commit::*;
use std::ops::ControlFlow;

fn every_order(s: &Scenario) -> Explored<Action> {
    explore(&TwoPhaseCommit::new(s).unwrap(), &Limits { states: 3_000_000, ..Limits::default() }, |_| {
        ControlFlow::Continue(())
    })
}

#[test]
fn probe() {
    for n in [1, 2, 3] {
        for faults in [
            "",
            "crash=1",
            "loss=1",
            "crash=1,loss=1",
            "delay=1",
            "crash=1,loss=1,delay=1",
            "duplicate=1,reorder=1",
            "hold=1,partition=1",
            "crash=2,loss=1",
        ] {
            if n == 3 && (faults.len() > 20 || faults.contains("=2")) {
                continue;
            }
            let s = Scenario { participants: n, faults: faults.parse().unwrap(), ..Scenario::default() };
            let c = std::time::Instant::now();
            let f = every_order(&s);
            print!(
                "{n} {faults}: {} {} {} {:?} dead {:?} {:.1}s ",
                f.states,
                f.transitions,
                f.depth,
                f.stopped,
                f.deadlock.is_some(),
                c.elapsed().as_secs_f64()
            );
            for j in &f.verdicts {
                match &j.verdict {
                    Verdict::Holds | Verdict::Reached(_) => {}
                    Verdict::Broken(b) => println!("\n   {} {:?} {:?}", j.rule, b.schedule.actions, b.cycle.actions),
                    Verdict::Unreached => println!("\n unreached {}", j.rule),
                    Verdict::Undecided => print!(" undec {}", j.rule),
                }
            }
            println!();
            if let Some(d) = &f.deadlock {
                println!("   DEAD {:?}", d.actions);
            }
        }
    }
}
