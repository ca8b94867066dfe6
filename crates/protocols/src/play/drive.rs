//! Drives one history of a protocol from its start to its end.

use super::Way;
use crate::Budget;
use crate::camera::Camera;
use crate::diagram::{Deed, Diagram, Offer, Place};
use crate::protocol::{Cue, Protocol};
use interleave_kernel::{Dice, Note, Tape};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A history has no more steps than that.
pub const MOST_STEPS: usize = 8_000;
/// One step in so many is a fault when a seed picks, as long as there is one that may happen.
const ODDS: usize = 8;

/// Who picks the steps of a history.
pub enum Driver<M: Protocol> {
    /// These steps, and no more.
    Exactly(Vec<u16>),
    /// These steps, and then nothing goes wrong.
    First(Vec<u16>),
    /// What a story needs, and else nothing.
    Story(&'static [Cue<M>]),
    /// A seed, with faults within a budget.
    Seed(Dice, Budget),
}

/// How a history ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Nothing is offered any more.
    Over,
    /// There is more that may happen.
    Open,
    /// The last so many steps repeat for ever.
    Round(usize),
    /// It was cut short, for a reason.
    Cut(Note),
}

impl<M: Protocol> Driver<M> {
    /// Who picks in a history that does not fork from another one. `budget` is the scenario's.
    pub fn of(way: &Way, budget: Budget) -> Self {
        match way {
            Way::Story(preset) => Driver::Story(M::story(preset)),
            Way::Seed(seed) => Driver::Seed(Dice::new(*seed), budget),
            Way::Picks(picks) => Driver::Exactly(picks.clone()),
            Way::Calm | Way::Fork { .. } => Driver::First(Vec::new()),
        }
    }

    /// Makes steps until the history ends.
    pub fn drive(mut self, camera: &mut Camera<M>) -> Ending {
        // When each state was met, with all that calm steps depend on.
        let mut met = BTreeMap::new();
        let mut step = 0;
        let mut waited = false;
        loop {
            let given = matches!(&self, Driver::Exactly(picks) | Driver::First(picks) if step < picks.len());
            if camera.is_over() && !given {
                return Ending::Over;
            }
            if step >= MOST_STEPS {
                let why = format!("**The recording ends here.** It is limited to {MOST_STEPS} steps.");
                return Ending::Cut(Note::new(why));
            }
            let cues = if let Driver::Story(cues) = &self { cues.len() } else { 0 };
            let before = met.insert(fingerprint(camera, waited, cues), step);
            let pick = match &mut self {
                Driver::Exactly(picks) | Driver::First(picks) if given => Some(picks[step]),
                Driver::Exactly(_) => match before {
                    Some(before) => return Ending::Round(step - before),
                    None => return Ending::Open,
                },
                Driver::Seed(dice, budget) => Some(draw(camera.offers(), dice, budget)),
                Driver::Story(cues) => cued(camera, cues),
                Driver::First(_) => None,
            };
            let pick = match (pick, before) {
                (Some(pick), _) => pick,
                // Calm steps depend on nothing but the state.
                (None, Some(before)) => return Ending::Round(step - before),
                (None, None) => calm(camera, waited),
            };
            let deed = camera.offers().iter().find(|offer| offer.pick == pick).map(|offer| offer.deed);
            waited = match deed {
                Some(Deed::Clock) => true,
                Some(Deed::Crash | Deed::Hold | Deed::Isolate) => false,
                _ => waited,
            };
            if !camera.take(pick) {
                return Ending::Cut(nothing_offered(pick, camera.offers().len()));
            }
            step += 1;
        }
    }
}

/// The tape of a run that has ended so.
pub fn tape<M: Protocol>(camera: Camera<M>, ending: Ending) -> Tape<Diagram> {
    match ending {
        Ending::Over | Ending::Open => camera.finish(),
        Ending::Round(steps) => camera.round(steps),
        Ending::Cut(why) => camera.stop(why),
    }
}

fn fingerprint<M: Protocol>(camera: &Camera<M>, waited: bool, cues: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    (camera.machine(), camera.order(), waited, cues).hash(&mut hasher);
    hasher.finish()
}

/// What a story needs next, if its time has come.
fn cued<M: Protocol>(camera: &Camera<M>, cues: &mut &'static [Cue<M>]) -> Option<u16> {
    let (cue, later) = cues.split_first()?;
    let at = (cue.when)(camera.machine()).then(|| camera.machine().actions().iter().position(cue.take)).flatten()?;
    *cues = later;
    Some(at as u16)
}

/// What happens when nothing goes wrong: processes do their work, messages arrive in the order in which they were sent, and time passes when there
/// is nothing else. Who is down comes back when the others have waited for it once.
fn calm<M: Protocol>(camera: &Camera<M>, waited: bool) -> u16 {
    let down = camera.offers().iter().any(|offer| offer.deed == Deed::Restart);
    let rank = |offer: &&Offer| {
        let rank = match offer.deed {
            Deed::Act => 0,
            Deed::Deliver => 1,
            Deed::Timeout => 2,
            Deed::Clock if down && !waited => 3,
            Deed::Restart | Deed::Release | Deed::Heal => 4,
            Deed::Clock => 5,
            _ => 6,
        };
        let oldest = if let Place::Arrow(arrow) = offer.place { arrow } else { 0 };
        (rank, oldest, offer.pick)
    };
    camera.offers().iter().min_by_key(rank).map_or(0, |offer| offer.pick)
}

/// What a seed picks: now and then a fault, if the budget allows one.
fn draw(offers: &[Offer], dice: &mut Dice, budget: &mut Budget) -> u16 {
    let (steps, faults): (Vec<&Offer>, Vec<&Offer>) = offers.iter().partition(|offer| offer.deed.fault().is_none());
    let faults: Vec<_> =
        faults.into_iter().filter(|offer| offer.deed.fault().is_some_and(|fault| budget.allows(fault))).collect();
    let among = if !faults.is_empty() && dice.index(ODDS) == 0 { faults } else { steps };
    let offer = among[dice.index(among.len())];
    if let Some(fault) = offer.deed.fault() {
        budget.spend(fault);
    }
    offer.pick
}

fn nothing_offered(pick: u16, offered: usize) -> Note {
    let number = u32::from(pick) + 1;
    let choices = match offered {
        0 => "nothing can happen any more".to_owned(),
        1 => "only one thing can happen here".to_owned(),
        _ => format!("only {offered} things can happen here"),
    };
    Note::new(format!("**The recording ends here.** The link asks for choice {number}, but {choices}."))
}
