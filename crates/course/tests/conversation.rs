//! Interviews as they go, with a small one of our own and all those of the site.

use interleave_course::Level;
use interleave_course::interview::{Band, Compared, Conversation, Interview, Length, Turn};

const NOW: i64 = 1_790_000_000_000;

const SMALL: &str = r#"
title = "Small"
about = "A situation."
roles = ["backend"]
levels = ["mid", "senior"]
situation = "It is slow."

[[stage]]
id = "look"
title = "Where do you look?"
minutes = 4
asks = "Where?"
junior = "Here."
senior = "There."
good = [
  { id = "measures", text = "Measures.", weight = 2, study = "guide/n-plus-one/" },
  { id = "asks", text = "Asks.", weight = 1 },
  { id = "waits", text = "Waits.", weight = 1 },
]
red_flags = [
  { text = "Guesses.", reason = "It is a guess.", weight = 1 },
  { text = "Blames.", reason = "It is no answer.", weight = 2 },
]
follow = [
  { point = "measures", when = "missing", minutes = 2, asks = "How do you know?", answer = "By measuring." },
  { point = "measures", when = "heard", minutes = 2, asks = "With what?", answer = "With a clock." },
  { point = "asks", when = "missing", minutes = 1, asks = "Whom?", answer = "The team." },
  { point = "waits", when = "missing", minutes = 1, asks = "And then?", answer = "Then I wait." },
]

[[stage]]
id = "change"
title = "What do you change?"
minutes = 5
from = "senior"
asks = "What?"
junior = "This."
senior = "That."
good = [{ id = "one", text = "One thing.", weight = 2 }, { id = "small", text = "A small one.", weight = 2 }]
red_flags = [{ text = "All of it.", reason = "One cannot tell what helped.", weight = 2 }]
"#;

fn small() -> Interview {
    toml::from_str(SMALL).unwrap()
}

fn begun(interview: &Interview, level: Level, length: Length) -> Conversation {
    let mut conversation = Conversation::new(interview, "small", "backend", level, length, NOW);
    assert_eq!(conversation.turn, Turn::Situation);
    conversation.go_on(interview, NOW);
    conversation
}

/// Answers what is asked, and ticks.
fn answer(conversation: &mut Conversation, interview: &Interview, points: &[&str], flags: &[usize]) {
    assert_eq!(conversation.turn, Turn::Asked);
    conversation.say("Well.");
    conversation.go_on(interview, NOW + 60_000);
    points.iter().for_each(|point| conversation.tick(point, true));
    flags.iter().for_each(|flag| conversation.flag(*flag, true));
    conversation.go_on(interview, NOW + 60_000);
}

fn further(conversation: &mut Conversation, interview: &Interview, compared: Compared) {
    assert_eq!(conversation.turn, Turn::FollowUp);
    conversation.say("Also.");
    conversation.go_on(interview, NOW);
    assert_eq!(conversation.turn, Turn::Comparing);
    conversation.compare(interview, compared, NOW);
}

#[test]
fn follow_ups_depend_on_what_was_ticked() {
    let interview = small();
    let asked = |points: &[&str], length: Length| {
        let mut conversation = begun(&interview, Level::Mid, length);
        answer(&mut conversation, &interview, points, &[]);
        let mut asked = vec![];
        while conversation.turn == Turn::FollowUp {
            asked.push(conversation.follow_up(&interview).unwrap().asks.clone());
            further(&mut conversation, &interview, Compared::All);
        }
        assert_eq!(conversation.turn, Turn::Over, "the second stage is for seniors");
        asked
    };
    assert_eq!(asked(&[], Length::Whole), ["How do you know?", "Whom?"], "two of three");
    assert_eq!(asked(&["measures"], Length::Whole), ["With what?", "Whom?"]);
    assert_eq!(asked(&["measures", "asks", "waits"], Length::Whole), ["With what?"]);
    assert_eq!(asked(&["asks"], Length::Short), ["How do you know?"]);
}

#[test]
fn the_verdict_is_the_sum_that_the_rule_says() {
    let interview = small();
    let mut conversation = begun(&interview, Level::Senior, Length::Whole);
    answer(&mut conversation, &interview, &["asks"], &[]);
    further(&mut conversation, &interview, Compared::All);
    further(&mut conversation, &interview, Compared::Part);
    answer(&mut conversation, &interview, &["one", "small"], &[]);
    assert_eq!(conversation.turn, Turn::Over);
    // Of 8 there are 1 + 2/2 + 1/4 + 4.
    let verdict = conversation.verdict(&interview);
    assert!((verdict.share - 6.25 / 8.0).abs() < 1e-9, "{}", verdict.share);
    assert_eq!((verdict.band, verdict.bounds.len()), (Band::Yes, 0));
    let missing: Vec<&str> = verdict.missing.iter().map(|point| &*point.id).collect();
    assert_eq!(missing, ["measures", "waits"]);
    let shares: Vec<f64> = verdict.stages.iter().map(|(_, share)| *share).collect();
    assert_eq!(shares, [2.25 / 4.0, 1.0]);
}

#[test]
fn all_is_a_strong_yes_and_nothing_a_no() {
    let interview = small();
    for level in Level::ALL {
        let mut all = begun(&interview, level, Length::Whole);
        answer(&mut all, &interview, &["measures", "asks", "waits"], &[]);
        further(&mut all, &interview, Compared::All);
        if level >= Level::Senior {
            answer(&mut all, &interview, &["one", "small"], &[]);
        }
        assert_eq!(all.verdict(&interview).band, Band::StrongYes, "{level:?}");
        let mut nothing = begun(&interview, level, Length::Short);
        answer(&mut nothing, &interview, &[], &[]);
        further(&mut nothing, &interview, Compared::Nothing);
        nothing.end(NOW);
        assert_eq!(nothing.verdict(&interview).band, Band::No, "{level:?}");
    }
}

#[test]
fn red_flags_bound_the_verdict() {
    let interview = small();
    let with = |first: &[usize], second: &[usize]| {
        let mut conversation = begun(&interview, Level::Staff, Length::Whole);
        answer(&mut conversation, &interview, &["measures", "asks", "waits"], first);
        further(&mut conversation, &interview, Compared::All);
        answer(&mut conversation, &interview, &["one", "small"], second);
        let verdict = conversation.verdict(&interview);
        (verdict.band, verdict.bounds.len())
    };
    assert_eq!(with(&[], &[]), (Band::StrongYes, 0));
    // 8 of 9, less 0.05.
    assert_eq!(with(&[0], &[]), (Band::StrongYes, 0));
    assert_eq!(with(&[1], &[]).0, Band::Yes);
    assert_eq!(with(&[1], &[0]).0, Band::NotYet);
    assert_eq!(with(&[0, 1], &[0]).0, Band::No);
}

#[test]
fn what_is_missing_from_a_whole_stage_is_no_strong_yes() {
    let interview = small();
    let mut conversation = begun(&interview, Level::Senior, Length::Whole);
    answer(&mut conversation, &interview, &["measures", "asks", "waits"], &[]);
    further(&mut conversation, &interview, Compared::All);
    answer(&mut conversation, &interview, &[], &[]);
    let verdict = conversation.verdict(&interview);
    assert_eq!(verdict.stages[1].1, 0.0);
    assert!(verdict.band < Band::StrongYes);
}

#[test]
fn it_is_paused_and_goes_on_from_what_was_kept() {
    let interview = small();
    let mut conversation = begun(&interview, Level::Senior, Length::Whole);
    conversation.say("I would");
    let mut kept = conversation.clone();
    kept.clock = kept.clock.stopped(NOW + 30_000);
    let text = serde_json::to_string(&kept).unwrap();
    let mut back: Conversation = serde_json::from_str(&text).unwrap();
    assert_eq!(back, kept);
    assert!(back.fits(&interview));
    assert_eq!((back.said(), back.position()), ("I would", (1, 2)));
    // An hour later.
    back.clock.start(NOW + 3_600_000);
    assert_eq!(back.clock.left(NOW + 3_600_000), Some(210_000));
    back.go_on(&interview, NOW + 3_610_000);
    assert_eq!((back.turn, back.heard[0].took), (Turn::Ticking, 40_000));
}

#[test]
fn what_was_kept_of_an_interview_that_has_changed_does_not_go_on() {
    let interview = small();
    let mut conversation = begun(&interview, Level::Senior, Length::Whole);
    answer(&mut conversation, &interview, &[], &[1]);
    assert!(conversation.fits(&interview));
    let mut other = interview.clone();
    other.stages[0].id = "other".into();
    assert!(!conversation.fits(&other));
    let mut shorter = interview.clone();
    shorter.stages[0].red_flags.pop();
    assert!(!conversation.fits(&shorter));
    let mut without = interview.clone();
    without.stages.pop();
    assert!(!conversation.fits(&without));
    let mut silent = interview;
    silent.stages[0].follow.clear();
    assert!(!conversation.fits(&silent));
}

#[test]
fn ending_early_judges_what_was_asked() {
    let interview = small();
    let mut conversation = begun(&interview, Level::Senior, Length::Short);
    answer(&mut conversation, &interview, &["measures", "asks", "waits"], &[]);
    further(&mut conversation, &interview, Compared::All);
    assert_eq!((conversation.turn, conversation.position()), (Turn::Asked, (2, 2)));
    conversation.end(NOW);
    assert_eq!(conversation.turn, Turn::Over);
    assert_eq!(conversation.verdict(&interview).stages.len(), 1);
    let mut at_once = Conversation::new(&interview, "small", "backend", Level::Mid, Length::Short, NOW);
    at_once.end(NOW);
    assert_eq!(at_once.verdict(&interview).band, Band::No);
}

#[test]
fn it_can_be_taken_along_as_markdown() {
    let interview = small();
    let mut conversation = begun(&interview, Level::Mid, Length::Whole);
    answer(&mut conversation, &interview, &["asks", "waits"], &[0]);
    further(&mut conversation, &interview, Compared::Part);
    let text = conversation.minutes(&interview, "https://example.org/");
    for line in [
        "# Small",
        "Mock interview, backend, mid.",
        "> Where?",
        "Well.",
        "- [ ] Measures.",
        "- [x] Asks.",
        "- **Red flag:** Guesses. It is a guess.",
        "> How do you know?",
        "Part of it was there. Good to hear: By measuring.",
        "- Measures. <https://example.org/guide/n-plus-one/>",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n\n{text}");
    }
    // 1 + 1 + 2/4 − 1 of 4, and 0.1.
    assert!(text.contains("**Verdict: not yet** (38 %"), "{text}");
}

#[test]
fn every_interview_of_the_site_can_be_gone_through() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/interviews");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let interview: Interview = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for (level, ticks) in [(Level::Junior, false), (Level::Mid, true), (Level::Staff, true), (Level::Staff, false)]
        {
            let mut conversation = begun(&interview, level, Length::Whole);
            for _ in 0..200 {
                match conversation.turn {
                    Turn::Asked | Turn::FollowUp | Turn::Situation => conversation.go_on(&interview, NOW),
                    Turn::Ticking => {
                        let stage = conversation.stage(&interview).unwrap();
                        stage.good.iter().for_each(|point| conversation.tick(&point.id, ticks));
                        conversation.go_on(&interview, NOW);
                    }
                    Turn::Comparing => {
                        let compared = if ticks { Compared::All } else { Compared::Nothing };
                        conversation.compare(&interview, compared, NOW);
                    }
                    Turn::Over => break,
                }
                assert!(conversation.fits(&interview));
            }
            assert_eq!(conversation.turn, Turn::Over, "{}", path.display());
            let band = conversation.verdict(&interview).band;
            assert_eq!(band, if ticks { Band::StrongYes } else { Band::No }, "{}", path.display());
        }
        count += 1;
    }
    assert!(count >= 8, "{count} interviews");
}
