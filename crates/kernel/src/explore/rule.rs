//! What is asked of every order, and what the answer looks like.

use crate::{Machine, Note};
use serde::{Deserialize, Serialize};
use std::hash::Hash;

/// A machine whose states can be told apart, so that every order of it can be tried.
///
/// `Hash` must take in everything that decides what may happen from here on or what a rule says, and nothing else: a counter that
/// only a picture needs would make one state many.
pub trait Explorable: Machine<Action: Hash> + Hash {
    /// What is asked of it, always in the same order.
    fn rules(&self) -> Vec<Rule<Self>> {
        Vec::new()
    }

    /// Whether it may rest here. Where nothing is offered and it may not, it is deadlocked.
    fn may_end(&self) -> bool {
        true
    }

    /// Whether this action cannot be put off forever while it stays offered (*weak fairness*): a message that keeps waiting is
    /// delivered, a timer that keeps running goes off. No fault has to happen: faults are unfair. The same for an action in whatever
    /// state; asked for rules of the kind "eventually" only.
    fn fair(&self, _: &Self::Action) -> bool {
        true
    }

    /// One for all states that differ from this one only in the names of things that are alike: what a search with
    /// [`Limits::symmetry`](super::Limits::symmetry) takes for the same. States of one representative must offer actions that lead to states of
    /// one representative again, and no rule may tell them apart. Two representatives for such states cost time, *never* truth.
    fn representative(&self) -> Self {
        self.clone()
    }

    /// Bytes that one state takes, with what it has on the heap.
    fn bytes(&self) -> usize {
        size_of::<Self>()
    }
}

/// What is asked of every order.
pub struct Rule<M> {
    pub name: &'static str,
    pub(super) kind: Kind<M>,
}

/// Whether something is so in a state.
pub type Holds<M> = fn(&M) -> bool;

pub(super) enum Kind<M> {
    Always,
    Sometimes(Holds<M>),
    Eventually(Holds<M>),
}

impl<M> Clone for Kind<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Kind<M> {}

impl<M> Rule<M> {
    /// Whether it is one that no state may break.
    pub fn is_always(&self) -> bool {
        matches!(self.kind, Kind::Always)
    }

    /// What must hold eventually, if it is a rule of that kind.
    pub fn promise(&self) -> Option<Holds<M>> {
        match self.kind {
            Kind::Eventually(holds) => Some(holds),
            Kind::Always | Kind::Sometimes(_) => None,
        }
    }

    /// No state breaks it: [`Machine::violations`] *never* names it. (TLA+: □P)
    pub fn always(name: &'static str) -> Self {
        Self { name, kind: Kind::Always }
    }

    /// Some order leads to a state where it holds: the model can do what it is for, and other rules do not hold for want of
    /// anything happening.
    pub fn sometimes(name: &'static str, holds: Holds<M>) -> Self {
        Self { name, kind: Kind::Sometimes(holds) }
    }

    /// Every order comes to a state where it holds, if no action that is [fair](Explorable::fair) is put off forever while it stays
    /// offered. (TLA+: WF ⇒ ◇P) A machine has at most 32 such rules; those past them are undecided.
    pub fn eventually(name: &'static str, holds: Holds<M>) -> Self {
        Self { name, kind: Kind::Eventually(holds) }
    }
}

/// What happens, one after the other, from the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule<A> {
    pub actions: Vec<A>,
    /// The same as indices among what was offered, as [`replayed`](crate::replayed) takes them.
    pub picks: Vec<u32>,
}

/// How a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken<A> {
    /// A shortest way there. For an "eventually", a shortest way to where the promise is lost.
    pub schedule: Schedule<A>,
    /// What happens over and over from there on, so that the promise is never kept. Empty for other rules, and where nothing
    /// happens any more.
    pub cycle: Schedule<A>,
    /// How it is broken there.
    pub note: Note,
}

/// What a search says of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict<A> {
    /// In every order.
    Holds,
    /// "Sometimes", and this is a shortest way.
    Reached(Schedule<A>),
    /// In this order.
    Broken(Broken<A>),
    /// "Sometimes", and in no order.
    Unreached,
    /// The search was stopped before it could tell.
    Undecided,
}

impl<A> Verdict<A> {
    /// Whether the rule does not hold.
    pub fn is_violated(&self) -> bool {
        matches!(self, Verdict::Broken(_) | Verdict::Unreached)
    }
}

/// A rule, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged<A> {
    pub rule: String,
    pub verdict: Verdict<A>,
}
