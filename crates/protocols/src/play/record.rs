//! Records the history that a scenario is at, and looks at all others that it holds.

use super::drive::{self, Driver, Ending};
use super::{MOST_HISTORIES, Play, Task, Way};
use crate::Budget;
use crate::camera::Camera;
use crate::diagram::{Change, Deed, Diagram, History, Moment, Offer, Place};
use crate::faults::Setting;
use crate::protocol::Protocol;
use interleave_kernel::{Mark, Note, Tape};

/// The tape of the history that `play` is at. What cannot be run is a tape that says why.
pub fn record(play: &Play) -> Tape<Diagram> {
    let histories = if play.histories.is_empty() { &[Way::Calm][..] } else { &play.histories };
    let filmed = check(histories, play.here)
        .and_then(|()| play.subject.with(Film { histories, here: play.here.into(), budget: play.subject.budget() }));
    filmed.unwrap_or_else(|wrong| nothing(&wrong))
}

/// What is wrong with a list of histories.
fn check(histories: &[Way], here: u8) -> Result<(), String> {
    if histories.len() > MOST_HISTORIES {
        return Err(format!("there are {} histories, and at most {MOST_HISTORIES} can be kept", histories.len()));
    }
    if usize::from(here) >= histories.len() {
        return Err(format!("there is no history {}: there are {}", u32::from(here) + 1, histories.len()));
    }
    match (0..).zip(histories).find(|(at, way)| matches!(way, Way::Fork { of, .. } if of >= at)) {
        Some((at, _)) => Err(format!("history {} forks from one that comes after it", u32::from(at) + 1_u32)),
        None => Ok(()),
    }
}

fn nothing(wrong: &str) -> Tape<Diagram> {
    let rest = Moment { lane: None, deed: Deed::Rest, writes: false, words: "".into() };
    let mut tape = Tape::default();
    tape.record(Mark::Section, Note::new(format!("**This cannot be run:** {wrong}.")), vec![Change::Moment(rest)]);
    tape
}

struct Film<'a> {
    histories: &'a [Way],
    here: usize,
    budget: Budget,
}

/// A history, as far as others need it.
struct Line {
    picks: Vec<u16>,
    ending: Ending,
    history: History,
}

impl Task for Film<'_> {
    type Output = Result<Tape<Diagram>, String>;

    fn with<M: Protocol>(self, scenario: &M::Scenario) -> Self::Output {
        M::begin(scenario)?; // what is wrong with its own budget is said
        let start = M::begin(&scenario.by_hand())?;
        let mut lines: Vec<Line> = Vec::with_capacity(self.histories.len());
        for (at, way) in self.histories.iter().enumerate() {
            let line = self.line(&start, &lines, way, at == self.here);
            lines.push(line);
        }
        let shown = lines.iter().map(|line| line.history.clone()).collect();
        let mut camera = Camera::new(start, shown);
        let line = &lines[self.here];
        line.picks.iter().for_each(|&pick| assert!(camera.take(pick), "it was taken before"));
        Ok(drive::tape(camera, line.ending.clone()))
    }
}

impl Film<'_> {
    /// Drives one history; those before it are known.
    fn line<M: Protocol>(&self, start: &M, before: &[Line], way: &Way, here: bool) -> Line {
        let driver = match *way {
            Way::Fork { of, at, pick } => {
                let of = &before[usize::from(of)].picks;
                let common = of.iter().take(usize::from(at)).copied();
                Driver::First(common.chain([pick]).collect())
            }
            _ => Driver::of(way, self.budget),
        };
        let mut camera = Camera::new(start.clone(), Vec::new());
        let ending = driver.drive(&mut camera);
        let picks = camera.picks().to_vec();
        let tape = drive::tape(camera, ending.clone());
        let fork = match *way {
            Way::Fork { of, at, .. } => Some((of, at.min(before[usize::from(of)].picks.len() as u16))),
            _ => None,
        };
        let broken = !tape.last().broken.is_empty();
        let title = match way {
            Way::Calm => "Nothing goes wrong".into(),
            Way::Story(_) => "The story".into(),
            Way::Seed(seed) => format!("Seed {seed}"),
            Way::Picks(_) => {
                match tape.last().broken.first().and_then(|it| tape.last().rules.get(usize::from(it.rule))) {
                    Some(rule) => format!("Breaks “{}”", rule.name),
                    None => "A schedule".into(),
                }
            }
            Way::Fork { at, pick, .. } => fork_title(&tape, usize::from(*at), *pick),
        };
        Line { history: History { fork, steps: picks.len() as u16, title, broken, here }, picks, ending }
    }
}

/// What was done differently.
fn fork_title(tape: &Tape<Diagram>, at: usize, pick: u16) -> String {
    let scene = tape.scene(at);
    match scene.offers.iter().find(|offer| offer.pick == pick) {
        Some(offer) => in_words(offer, &scene),
        None => "What was not offered".into(),
    }
}

/// What an offer would do, in a few words.
pub(super) fn in_words(offer: &Offer, diagram: &Diagram) -> String {
    let lane = |at: u8| diagram.lanes.get(usize::from(at)).map_or("?", |lane| lane.name.as_str());
    let about = match offer.place {
        Place::Everywhere => String::new(),
        Place::Lane(at) => lane(at).to_owned(),
        Place::Arrow(at) => diagram.arrows.get(at as usize).map_or(String::new(), |it| format!("“{}”", it.words)),
        Place::Link(from, to) => format!("{} → {}", lane(from), lane(to)),
    };
    match offer.deed {
        Deed::Rest => String::new(),
        Deed::Act => format!("{about}: {}", offer.words),
        Deed::Deliver => format!("{about} arrives"),
        Deed::Overtake => format!("{about} overtakes"),
        Deed::Lose => format!("{about} is lost"),
        Deed::Duplicate => format!("{about} becomes two"),
        Deed::Hold => format!("{about} is held up"),
        Deed::Release => format!("{about} carries again"),
        Deed::Isolate => format!("{about} is cut off"),
        Deed::Heal => format!("{about} is reached again"),
        Deed::Clock => "Time passes".into(),
        Deed::Timeout => format!("{about}’s timer goes off"),
        Deed::EarlyTimeout => format!("{about} loses patience"),
        Deed::Crash => format!("{about} crashes"),
        Deed::Restart => format!("{about} restarts"),
    }
}
