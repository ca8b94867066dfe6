//! The tape of a run: slices, and a frame for everything that happens from a moment on; then what it came to, and other sizes of the pool.

use super::notes;
use super::prediction::{model, prediction};
use super::run::{Run, run};
use super::{Change, Counts, Figures, Histogram, Level, PoolTape, Prediction, Results, Scenario};
use interleave_kernel::{Mark, Note};

/// Frames of the close look.
const CLOSE: usize = 240;
/// Events after which no further size is tried: whoever waits for the tape has waited long enough.
const MOST_EVENTS: u64 = 2_000_000;
/// Of those who wait, so many are shown.
const SHOWN: usize = 30;

/// Runs a scenario.
pub fn record(scenario: &Scenario) -> PoolTape {
    let scenario = scenario.bounded();
    let mut recorder = Recorder { run: Run::new(&scenario), tape: PoolTape::default(), close: 0, told: 0 };
    let places = Change::Places(scenario.max as u16);
    recorder.tape.record(
        Mark::Section,
        notes::opening(&scenario),
        vec![places, Change::Server { active: 0, pace: 1000 }],
    );
    while recorder.run.step() {
        recorder.stepped();
    }
    recorder.finish();
    let mut tape = recorder.tape;
    let mut events = 0;
    for max in sizes(&scenario) {
        if events > MOST_EVENTS {
            break;
        }
        let (level, spent) = level(&Scenario { max, ..scenario.clone() });
        events += spent;
        tape.record(Mark::Section, notes::level(&level), vec![Change::Level(Box::new(level))]);
    }
    if let Some(note) = notes::sizes(&tape.last().levels) {
        tape.record(Mark::Section, note, Vec::new());
    }
    tape
}

struct Recorder {
    run: Run,
    tape: PoolTape,
    /// Frames of the close look so far.
    close: usize,
    /// Slices that are on the tape.
    told: usize,
}

impl Recorder {
    /// After every event: a frame, if this is a time to look closely or the end of a slice.
    fn stepped(&mut self) {
        let slices = self.run.tally().slices.len();
        let close = self.run.clock() >= self.run.scenario().watch && self.close < CLOSE;
        if !close && slices == self.told {
            return;
        }
        let mut changes = self.differences(close);
        let mut note = notes::event(&self.run);
        let mut mark = Mark::Step;
        if close {
            if !notes::leaving(self.run.news()).is_empty() {
                mark = Mark::Unit;
            }
            self.close += 1;
        } else {
            (note, mark) = (self.slice_note(), Mark::Section);
        }
        changes.extend(self.new_slices());
        self.tape.record(mark, note, changes);
    }

    fn slice_note(&self) -> Note {
        let slices = &self.run.tally().slices;
        let Some((last, before)) = slices.split_last() else { return Note::default() };
        let (began, leaked) = before.last().map_or((0, 0), |slice| (slice.end, slice.leaked));
        notes::slice(last, began, leaked, &self.run)
    }

    fn new_slices(&mut self) -> Vec<Change> {
        let slices = &self.run.tally().slices;
        let new = slices[self.told..].iter().cloned().map(Change::Slice).collect();
        self.told = slices.len();
        new
    }

    /// What is different from the last frame.
    fn differences(&self, close: bool) -> Vec<Change> {
        let (run, before) = (&self.run, self.tape.last());
        let mut changes = vec![Change::Clock(run.clock())];
        for (place, (slot, old)) in run.slots().zip(&before.slots).enumerate() {
            if slot != *old {
                changes.push(Change::Slot(place as u16, slot));
            }
        }
        let waiting = run.queue().len() as u32;
        let first: Vec<_> = run.queue().take(SHOWN).collect();
        if waiting != before.waiting || first != before.queue {
            changes.push(Change::Queue { first, waiting });
        }
        let (active, pace) = (run.server().active() as u32, (run.server().pace() * 1000.0) as u32);
        let pace = if active == 0 { 1000 } else { pace };
        if (active, pace) != (before.active, before.pace) {
            changes.push(Change::Server { active, pace });
        }
        let counts = counts(&run.tally().figures);
        if counts != before.counts {
            changes.push(Change::Counts(counts));
        }
        let (about, leaving) =
            if close { (notes::about(run.news()), notes::leaving(run.news())) } else { Default::default() };
        if about != before.about {
            changes.push(Change::About(about));
        }
        if leaving != before.leaving {
            changes.push(Change::Leaving(leaving));
        }
        changes
    }

    /// The watch is over.
    fn finish(&mut self) {
        let mut changes = self.differences(false);
        changes.extend(self.new_slices());
        let outcome = self.run.outcome();
        if let Some(why) = &outcome.stopped {
            self.tape.record(Mark::Section, notes::stopped(why), vec![Change::Stopped(why.clone())]);
        }
        let prediction = prediction(self.run.scenario());
        let predicted = predicted(self.run.scenario(), &prediction, &outcome.waits, outcome.figures.waits.count);
        let results = Results { figures: outcome.figures, waits: outcome.waits, prediction, predicted };
        let (told, laws) = (notes::results(&counts(&results.figures), &results.figures), notes::laws(&results));
        changes.push(Change::Results(Box::new(results)));
        self.tape.record(Mark::Section, told, changes);
        self.tape.record(Mark::Section, laws, Vec::new());
    }
}

fn counts(figures: &Figures) -> Counts {
    let Figures { arrived, done, failed, leaked, opened, .. } = *figures;
    Counts { arrived, done, failed, leaked, opened }
}

/// How many of each bin the formula predicts.
fn predicted(scenario: &Scenario, prediction: &Prediction, waits: &Histogram, count: u32) -> Vec<f32> {
    if matches!(prediction, Prediction::Fails(_)) {
        return Vec::new();
    }
    let model = model(scenario);
    let longer = |bin: usize| model.longer_than(bin as f64 * f64::from(waits.width));
    (0..waits.bins.len()).map(|bin| (f64::from(count) * (longer(bin) - longer(bin + 1))) as f32).collect()
}

/// Sizes to compare: some smaller and some larger than the pool, and one connection for each core.
fn sizes(scenario: &Scenario) -> Vec<u32> {
    let max = scenario.max;
    let mut sizes: Vec<u32> = [max / 8, max / 4, max / 2, max, max * 3 / 2, max * 2, max * 4, scenario.cores]
        .into_iter()
        .map(|size| size.clamp(1, Scenario::LARGEST_POOL))
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// What a scenario comes to, and how many events that takes.
fn level(scenario: &Scenario) -> (Level, u64) {
    let predicted = match prediction(scenario) {
        Prediction::Holds { mean, .. } => Some(mean),
        Prediction::Fails(_) => None,
    };
    let outcome = run(scenario);
    (Level { max: scenario.max, figures: outcome.figures, predicted }, outcome.events)
}
