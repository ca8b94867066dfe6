//! Every preset tells its story: what it says it breaks is broken in it, and nothing else is.

use interleave_kernel::Tape;
use interleave_protocols::diagram::{Deed, Diagram, Status};
use interleave_protocols::play::{Play, Subject, Way, record};
use interleave_protocols::two_phase_commit::gray_lamport;
use interleave_protocols::{Preset, outbox, saga, two_phase_commit};

/// Every preset: its id, what is set, and the rules that some order of it breaks.
fn presets() -> Vec<(&'static str, Subject, &'static [&'static str])> {
    fn of<S>(
        presets: &[Preset<S>],
        subject: fn(S) -> Subject,
    ) -> Vec<(&'static str, Subject, &'static [&'static str])> {
        presets.iter().map(|preset| (preset.id, subject(preset.scenario()), preset.breaks)).collect()
    }
    let specification = gray_lamport::Scenario { participants: 3 };
    [
        of(two_phase_commit::PRESETS, Subject::TwoPhaseCommit),
        of(saga::PRESETS, Subject::Saga),
        of(saga::choreography::PRESETS, Subject::ChoreographedSaga),
        of(outbox::PRESETS, Subject::Outbox),
        vec![("specification", Subject::GrayLamport(specification), &[])],
    ]
    .concat()
}

fn told(id: &str, subject: &Subject) -> Tape<Diagram> {
    record(&Play { subject: subject.clone(), histories: vec![Way::Story(id.into())], here: 0 })
}

/// One run cannot break every rule that some run breaks; it breaks the one that the preset is about.
#[test]
fn a_story_breaks_what_its_preset_is_about_and_nothing_else() {
    for (id, subject, breaks) in presets() {
        let tape = told(id, &subject);
        let last = tape.last();
        let broken: Vec<_> = last.broken.iter().map(|it| last.rules[usize::from(it.rule)].name.as_str()).collect();
        assert!(broken.iter().all(|rule| breaks.contains(rule)), "{id}: {broken:?}");
        // In this one, what is broken by others is what asking each other mends.
        let mended = id == "cooperative";
        assert_eq!(broken.is_empty(), breaks.is_empty() || mended, "{id}");
        assert!((6..=120).contains(&tape.len()), "{id}: {} frames", tape.len());
    }
}

/// A story needs no more faults than its preset allows to a search.
#[test]
fn a_story_stays_within_the_faults_of_its_preset() {
    for (id, subject, _) in presets() {
        let tape = told(id, &subject);
        let mut budget = subject.budget();
        for moment in &tape.last().moments {
            if let Some(fault) = moment.deed.fault() {
                assert!(budget.allows(fault), "{id}: {}", fault.name());
                budget.spend(fault);
            }
        }
    }
}

/// The picture is complete: a row a frame, every message ends, and what crashes is shown so.
#[test]
fn a_picture_keeps_its_books() {
    for (id, subject, _) in presets() {
        let tape = told(id, &subject);
        for at in 0..tape.len() {
            let scene = tape.scene(at);
            assert_eq!(scene.moments.len(), at + 1, "{id}");
            let moment = &scene.moments[at];
            if moment.deed == Deed::Crash {
                let lane = &scene.lanes[usize::from(moment.lane.unwrap())];
                assert_eq!(lane.status, Status::Down, "{id} {at}");
            }
            if at + 2 < tape.len() {
                assert_eq!(scene.offers.iter().filter(|offer| offer.next).count(), 1, "{id} {at}");
            }
            let rows = scene.arrows.iter().map(|arrow| (arrow.sent, arrow.end.row().unwrap_or(at as u32)));
            rows.for_each(|(sent, end)| assert!(sent <= end && end <= at as u32, "{id} {at}"));
        }
        let last = tape.last();
        let open = last.arrows.iter().filter(|arrow| arrow.end.is_open()).count();
        let goes_round = tape.frames().last().unwrap().note.markup().contains("goes round");
        assert!(open == 0 || goes_round, "{id}: {open} messages never end");
    }
}
