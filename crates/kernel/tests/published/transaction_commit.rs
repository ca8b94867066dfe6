//! What a commit protocol is for: `specifications/transaction_commit/TCommit.tla`, three resource managers. (Gray, Lamport, *Consensus on
//! Transaction Commit*, section 2)

use super::{every_order, figures};
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Rm {
    Working,
    Prepared,
    Committed,
    Aborted,
}

#[derive(Clone, Hash)]
struct Commit([Rm; 3]);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Action {
    Prepare(usize),
    DecideToCommit(usize),
    DecideToAbort(usize),
}

impl Machine for Commit {
    type Action = Action;

    fn actions(&self) -> Vec<Action> {
        let can_commit = self.0.iter().all(|rm| matches!(rm, Rm::Prepared | Rm::Committed));
        let not_committed = !self.0.contains(&Rm::Committed);
        let mut actions = Vec::new();
        for (at, rm) in self.0.iter().enumerate() {
            actions.extend((*rm == Rm::Working).then_some(Action::Prepare(at)));
            actions.extend((*rm == Rm::Prepared && can_commit).then_some(Action::DecideToCommit(at)));
            let may_abort = matches!(rm, Rm::Working | Rm::Prepared) && not_committed;
            actions.extend(may_abort.then_some(Action::DecideToAbort(at)));
        }
        actions
    }

    fn step(&mut self, action: &Action) -> Note {
        match *action {
            Action::Prepare(at) => self.0[at] = Rm::Prepared,
            Action::DecideToCommit(at) => self.0[at] = Rm::Committed,
            Action::DecideToAbort(at) => self.0[at] = Rm::Aborted,
        }
        Note::default()
    }

    fn violations(&self) -> Vec<Violation> {
        let mixed = self.0.contains(&Rm::Committed) && self.0.contains(&Rm::Aborted);
        Vec::from_iter(mixed.then(|| Violation { rule: "consistent".into(), note: Note::default() }))
    }
}

impl Explorable for Commit {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![Rule::always("consistent")]
    }
}

#[test]
fn the_specification_has_the_figures_of_its_manifest() {
    let found = every_order(&Commit([Rm::Working; 3]), false);
    assert_eq!(figures(&found), (34, 94, 7));
    assert!(found.is_fine());
}
