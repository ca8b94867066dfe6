//! What every preset comes to. The guide says so, too.

use interleave_traffic::pool::{Level, PRESETS, PoolTape, Prediction, Preset, enough, record};

fn tape(id: &str) -> PoolTape {
    record(&Preset::find(id).expect("it is in the list").scenario())
}

/// A time in whole milliseconds.
fn ms(micros: f64) -> u64 {
    (micros / 1000.0).round() as u64
}

/// A preset and what it comes to: requests that arrive, are answered, and fail; connections that leak; the mean wait and what quick requests take, 95 %,
/// in milliseconds; the size of a pool that is enough.
type Story = (&'static str, [u32; 4], [u64; 2], u32);

const STORIES: &[Story] = &[
    ("just-right", [12_060, 12_060, 0, 0], [6, 130], 8),
    ("too-small", [11_829, 11_815, 0, 0], [428, 1_147], 8),
    ("too-large", [9_000, 2_530, 0, 0], [18_676, 40_643], 8),
    ("leak", [6_065, 2_281, 0, 10], [2_052, 12_601], 40),
    ("leak-behind-timeouts", [6_065, 1_992, 3_876, 10], [1_459, 2_011], 40),
    ("n-plus-one", [4_182, 4_180, 0, 0], [43, 160], 20),
    ("second-connection", [3_586, 40, 3_361, 0], [2_960, 6_054], 10),
    ("slow-query", [12_060, 11_732, 0, 0], [602, 2_485], 15),
    ("call-inside", [2_855, 2_846, 0, 0], [222, 690], 15),
    ("burst", [2_400, 2_400, 0, 0], [611, 1_253], 8),
    ("opening-storm", [960, 960, 0, 0], [1_344, 2_047], 8),
];

#[test]
fn every_preset_tells_its_story() {
    assert!(PRESETS.iter().map(|preset| preset.id).eq(STORIES.iter().map(|story| story.0)));
    for story in STORIES {
        let (id, ..) = *story;
        let tape = tape(id);
        assert_eq!(tape.last().stopped, None, "{id}");
        let results = tape.last().results.as_ref().expect("a run has results");
        let figures = &results.figures;
        let counts = [figures.arrived, figures.done, figures.failed, figures.leaked];
        let times = [ms(figures.waits.mean), ms(figures.took_of[0].within_95.into())];
        let size = enough(&tape.last().levels).map(|level| level.max).expect("some size is enough");
        assert_eq!((id, counts, times, size), *story);
    }
}

#[test]
fn a_pool_that_is_just_right_is_predicted() {
    let tape = tape("just-right");
    let results = tape.last().results.as_ref().expect("a run has results");
    let Prediction::Holds { mean, waiting, utilisation, .. } = results.prediction else { panic!("M/M/c applies") };
    assert_eq!([ms(mean * 10.0), ms(waiting * 1e6), ms(utilisation * 1e6)], [57, 285, 667]);
    // Every other preset breaks an assumption, and says which.
    for preset in &PRESETS[1..] {
        let tape = record(&preset.scenario());
        let prediction = tape.last().results.as_ref().map(|results| &results.prediction);
        assert!(matches!(prediction, Some(Prediction::Fails(reasons)) if !reasons.is_empty()), "{}", preset.id);
    }
}

/// What quick requests take with pools of some sizes: 95 % of them, in milliseconds.
fn takes(id: &str, sizes: &[u32]) -> Vec<u64> {
    let tape = tape(id);
    let of = |size: &u32| tape.last().levels.iter().find(|level: &&Level| level.max == *size).cloned();
    sizes.iter().filter_map(|size| Some(ms(of(size)?.figures.took_of[0].within_95.into()))).collect()
}

#[test]
fn a_pool_can_be_too_large() {
    assert_eq!(takes("too-large", &[8, 25, 200]), [739, 2_053, 40_643]);
    assert_eq!(takes("opening-storm", &[8, 80]), [447, 2_047]);
    assert_eq!(takes("n-plus-one", &[10, 20, 40]), [160, 39, 80]);
}

#[test]
fn connections_leak_one_by_one_until_none_is_left() {
    let tape = tape("leak");
    let slices = &tape.last().slices;
    let leaked: Vec<u32> = [2, 10, 20, 39].map(|second| slices[second - 1].leaked).into();
    assert_eq!(leaked, [1, 6, 9, 10]);
    assert!(slices[40..].iter().all(|slice| slice.done == 0));
}
