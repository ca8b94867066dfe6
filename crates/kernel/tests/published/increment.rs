//! Threads that add one to a shared number without a lock: Stateright's `examples/increment.rs`
//! (github.com/stateright/stateright), whose comment lists all states: 13 for two threads, and 8 with symmetry.

use super::every_order;
use interleave_kernel::explore::{Explorable, Rule, Verdict};
use interleave_kernel::{Machine, Note, Violation};

#[derive(Clone, Hash)]
struct Increment {
    shared: u8,
    threads: Vec<Thread>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Thread {
    Reads,
    /// What it has read.
    Writes(u8),
    Done(u8),
}

const RULE: &str = "the number is that of the threads that are done";

impl Machine for Increment {
    type Action = usize;

    fn actions(&self) -> Vec<usize> {
        (0..self.threads.len()).filter(|&thread| !matches!(self.threads[thread], Thread::Done(_))).collect()
    }

    fn step(&mut self, &thread: &usize) -> Note {
        self.threads[thread] = match self.threads[thread] {
            Thread::Reads => Thread::Writes(self.shared),
            Thread::Writes(read) | Thread::Done(read) => {
                self.shared = read + 1;
                Thread::Done(read)
            }
        };
        Note::default()
    }

    fn violations(&self) -> Vec<Violation> {
        let done = self.threads.iter().filter(|thread| matches!(thread, Thread::Done(_))).count();
        let wrong = done != usize::from(self.shared);
        Vec::from_iter(wrong.then(|| Violation { rule: RULE.into(), note: Note::default() }))
    }
}

impl Explorable for Increment {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![Rule::always(RULE)]
    }

    fn representative(&self) -> Self {
        let mut sorted = self.clone();
        sorted.threads.sort_unstable();
        sorted
    }
}

#[test]
fn two_threads_have_thirteen_states_and_eight_with_symmetry() {
    let start = Increment { shared: 0, threads: vec![Thread::Reads; 2] };
    assert_eq!(every_order(&start, false).states, 13);
    let found = every_order(&start, true);
    assert_eq!(found.states, 8);
    let Verdict::Broken(broken) = &found.verdicts[0].verdict else { panic!("an update is lost") };
    assert_eq!(broken.schedule.actions, [0, 1, 0, 1]);
}
