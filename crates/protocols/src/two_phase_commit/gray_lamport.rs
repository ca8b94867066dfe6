//! Two-phase commit as Gray and Lamport specify it, to be read beside *Consensus on Transaction Commit* (ACM TODS 31.1, 2006;
//! Microsoft Research MSR-TR-2003-96), section 3 and the TLA+ module `TwoPhase` in its appendix.
//!
//! Only what may happen is modelled, not what must. So nothing has to be lost: not to receive a message and to lose it are the
//! same. The messages that were ever sent are a set, and a message can be received again. Participants prepare of their own accord,
//! and a participant that aborts tells nobody: the coordinator may abort whenever it likes.

mod picture;

pub use picture::Scenario;

use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Tell, Violation};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most participants: there are 2^N + 4^N + 6^N states, 10 million for nine.
pub const MOST: u8 = 8;

/// A resource manager: a participant of the transaction, by number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rm(pub u8);

impl fmt::Display for Rm {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "participant {}", self.0 + 1)
    }
}

/// State of a resource manager (`rmState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RmState {
    Working,
    Prepared,
    Committed,
    Aborted,
}

/// State of the transaction manager (`tmState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TmState {
    Init,
    Committed,
    Aborted,
}

/// A set of resource managers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rms(u8);

impl Rms {
    fn contains(self, rm: Rm) -> bool {
        self.0 & 1 << rm.0 != 0
    }

    fn insert(&mut self, rm: Rm) {
        self.0 |= 1 << rm.0;
    }
}

/// Messages that were ever sent (`msgs`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Messages {
    /// Who has sent "Prepared".
    pub prepared: Rms,
    /// "Commit", from the coordinator to all.
    pub commit: bool,
    /// "Abort", from the coordinator to all.
    pub abort: bool,
}

/// The steps of the specification, by its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    TmCommit,
    TmAbort,
    TmRcvPrepared(Rm),
    RmPrepare(Rm),
    RmChooseToAbort(Rm),
    RmRcvCommitMsg(Rm),
    RmRcvAbortMsg(Rm),
}

/// One transaction: a coordinator and its participants.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TwoPhase {
    participants: u8,
    /// By resource manager; those past the last one stay as they are.
    rm_state: [RmState; MOST as usize],
    tm_state: TmState,
    /// From whom the coordinator has received "Prepared" (`tmPrepared`).
    tm_prepared: Rms,
    msgs: Messages,
}

impl TwoPhase {
    /// Everybody works (`TPInit`). `None` without participants, or with more than [`MOST`].
    pub fn new(participants: u8) -> Option<Self> {
        (1..=MOST).contains(&participants).then(|| Self {
            participants,
            rm_state: [RmState::Working; MOST as usize],
            tm_state: TmState::Init,
            tm_prepared: Rms::default(),
            msgs: Messages::default(),
        })
    }

    /// The participants, in order.
    pub fn rms(&self) -> impl Iterator<Item = Rm> + use<> {
        (0..self.participants).map(Rm)
    }

    /// What state a participant is in.
    pub fn state(&self, rm: Rm) -> RmState {
        self.rm_state[usize::from(rm.0)]
    }

    fn set(&mut self, rm: Rm, state: RmState) {
        self.rm_state[usize::from(rm.0)] = state;
    }

    fn all(&self, state: RmState) -> bool {
        self.rms().all(|rm| self.state(rm) == state)
    }

    fn any(&self, state: RmState) -> bool {
        self.rms().any(|rm| self.state(rm) == state)
    }

    fn tm_commit<T: Tell>(&mut self) -> T {
        assert!(self.rms().all(|rm| self.tm_prepared.contains(rm)), "only what all have prepared may be committed");
        self.tm_state = TmState::Committed;
        self.msgs.commit = true;
        T::tell(|| {
            "**The coordinator decides to commit.** It has heard from all that they are prepared, and tells them."
                .into()
        })
    }

    fn tm_abort<T: Tell>(&mut self) -> T {
        self.tm_state = TmState::Aborted;
        self.msgs.abort = true;
        T::tell(|| "**The coordinator decides to abort.** It may, as long as it has not decided, and tells all.".into())
    }

    fn tm_rcv_prepared<T: Tell>(&mut self, rm: Rm) -> T {
        self.tm_prepared.insert(rm);
        T::tell(|| format!("**The coordinator hears that {rm} is prepared.**"))
    }

    fn rm_prepare<T: Tell>(&mut self, rm: Rm) -> T {
        self.set(rm, RmState::Prepared);
        self.msgs.prepared.insert(rm);
        T::tell(|| format!("**Participant {} prepares** and says so. From here on it may not decide alone.", rm.0 + 1))
    }

    fn rm_choose_to_abort<T: Tell>(&mut self, rm: Rm) -> T {
        assert_eq!(self.state(rm), RmState::Working, "who is prepared may not decide alone");
        self.set(rm, RmState::Aborted);
        T::tell(|| format!("**Participant {} aborts.** It has not prepared and may decide alone.", rm.0 + 1))
    }

    fn rm_rcv_commit_msg<T: Tell>(&mut self, rm: Rm) -> T {
        self.set(rm, RmState::Committed);
        T::tell(|| format!("**Participant {} commits:** the coordinator says so.", rm.0 + 1))
    }

    fn rm_rcv_abort_msg<T: Tell>(&mut self, rm: Rm) -> T {
        self.set(rm, RmState::Aborted);
        T::tell(|| format!("**Participant {} aborts:** the coordinator says so.", rm.0 + 1))
    }

    fn happen<T: Tell>(&mut self, action: Action) -> T {
        match action {
            Action::TmCommit => self.tm_commit(),
            Action::TmAbort => self.tm_abort(),
            Action::TmRcvPrepared(rm) => self.tm_rcv_prepared(rm),
            Action::RmPrepare(rm) => self.rm_prepare(rm),
            Action::RmChooseToAbort(rm) => self.rm_choose_to_abort(rm),
            Action::RmRcvCommitMsg(rm) => self.rm_rcv_commit_msg(rm),
            Action::RmRcvAbortMsg(rm) => self.rm_rcv_abort_msg(rm),
        }
    }
}

/// "Two resource managers do not decide differently" (`TCConsistent`).
pub const CONSISTENT: &str = "no participant commits while another aborts";

impl Machine for TwoPhase {
    type Action = Action;

    /// `TPNext`
    fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::with_capacity(2 + 3 * usize::from(self.participants));
        if self.tm_state == TmState::Init {
            if self.rms().all(|rm| self.tm_prepared.contains(rm)) {
                actions.push(Action::TmCommit);
            }
            actions.push(Action::TmAbort);
        }
        for rm in self.rms() {
            if self.tm_state == TmState::Init && self.msgs.prepared.contains(rm) {
                actions.push(Action::TmRcvPrepared(rm));
            }
            if self.state(rm) == RmState::Working {
                actions.push(Action::RmPrepare(rm));
                actions.push(Action::RmChooseToAbort(rm));
            }
            if self.msgs.commit {
                actions.push(Action::RmRcvCommitMsg(rm));
            }
            if self.msgs.abort {
                actions.push(Action::RmRcvAbortMsg(rm));
            }
        }
        actions
    }

    fn step(&mut self, &action: &Action) -> Note {
        self.happen(action)
    }

    fn advance(&mut self, &action: &Action) {
        self.happen(action)
    }

    fn violations(&self) -> Vec<Violation> {
        if self.any(RmState::Committed) && self.any(RmState::Aborted) {
            let note = Note::new("One participant has committed and another one has aborted.");
            vec![Violation { rule: CONSISTENT.into(), note }]
        } else {
            Vec::new()
        }
    }
}

impl Explorable for TwoPhase {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![
            Rule::always(CONSISTENT),
            Rule::sometimes("all can commit", |it| it.all(RmState::Committed)),
            Rule::sometimes("all can abort", |it| it.all(RmState::Aborted)),
        ]
    }

    /// Participants are alike: they are sorted, each with what was sent by it and heard from it.
    fn representative(&self) -> Self {
        let mut alike: [_; MOST as usize] = std::array::from_fn(|at| {
            let rm = Rm(at as u8);
            (self.state(rm), self.msgs.prepared.contains(rm), self.tm_prepared.contains(rm))
        });
        alike[..usize::from(self.participants)].sort_unstable();
        let mut sorted = Self { tm_prepared: Rms::default(), ..self.clone() };
        sorted.msgs.prepared = Rms::default();
        for (rm, (state, sent, heard)) in (0..).map(Rm).zip(alike) {
            sorted.set(rm, state);
            sorted.msgs.prepared.0 |= u8::from(sent) << rm.0;
            sorted.tm_prepared.0 |= u8::from(heard) << rm.0;
        }
        sorted
    }
}
