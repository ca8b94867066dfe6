//! What an answer comes to, kind by kind; and that no answer is too strange.

use interleave_course::judge::{Line, difference, rights};
use interleave_course::question::{Kind, Matching};
use interleave_course::{Answer, Given, Question, Verdict, Way, judge};
use proptest::prelude::*;

/// A question of one kind, from the fields of that kind.
fn question(kind: &str, fields: &str) -> Question {
    let json = format!(r#"{{"id": "q", "level": "mid", "stem": "Why?", "kind": "{kind}", {fields}}}"#);
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn options() -> String {
    let option = |text: &str, right: bool| format!(r#"{{"text": "{text}", "right": {right}, "reason": "R {text}"}}"#);
    format!(
        r#""options": [{}, {}, {}, {}]"#,
        option("a", true),
        option("b", false),
        option("c", true),
        option("d", false)
    )
}

/// Right, share, and for each part whether it is right and given.
fn short(verdict: &Verdict) -> (bool, f64, Vec<(bool, bool)>) {
    (verdict.right, verdict.share, verdict.told.iter().map(|told| (told.right, told.given)).collect())
}

#[test]
fn one_of_many() {
    let asked =
        question("choice", &options().replace(r#""text": "c", "right": true"#, r#""text": "c", "right": false"#));
    let right = judge(&asked, None, &Given::Option(0));
    assert_eq!(short(&right), (true, 1.0, vec![(true, true), (false, false), (false, false), (false, false)]));
    assert_eq!((right.answer.as_str(), right.told[3].reason.as_str()), ("a", "R d"));
    let wrong = judge(&asked, None, &Given::Option(3));
    assert_eq!(short(&wrong), (false, 0.0, vec![(true, false), (false, false), (false, false), (false, true)]));
    for nothing in [Given::None, Given::Option(99), Given::Truth(true), Given::Text("a".into())] {
        assert!(!judge(&asked, None, &nothing).right, "{nothing:?}");
    }
}

#[test]
fn several_of_many() {
    let asked = question("several", &options());
    let share = |chosen: &[usize]| {
        let verdict = judge(&asked, None, &Given::Options(chosen.to_vec()));
        (verdict.right, verdict.share)
    };
    assert_eq!(share(&[0, 2]), (true, 1.0));
    assert_eq!(share(&[2, 0]), (true, 1.0));
    assert_eq!(share(&[0]), (false, 0.5));
    assert_eq!(share(&[0, 2, 3]), (false, 0.5), "one that is wrong takes one back");
    assert_eq!(share(&[1, 3]), (false, 0.0));
    assert_eq!(share(&[0, 1, 2, 3]), (false, 0.0));
    assert_eq!(judge(&asked, None, &Given::None).answer, "a; c");
}

#[test]
fn true_or_false() {
    let asked = question("true-false", r#""answer": false, "because": "B", "otherwise": "O""#);
    let right = judge(&asked, None, &Given::Truth(false));
    assert_eq!(short(&right), (true, 1.0, vec![(false, false), (true, true)]));
    assert_eq!([right.told[0].reason.as_str(), right.told[1].reason.as_str()], ["O", "B"]);
    assert!(!judge(&asked, None, &Given::Truth(true)).right);
}

#[test]
fn a_word() {
    let asked = question(
        "short",
        r#""answers": ["drain", "the drain event"], "because": "B", "slips": [{"text": "end", "reason": "Too late."}]"#,
    );
    let given = |text: &str| judge(&asked, None, &Given::Text(text.into()));
    for right in ["drain", "  DRAIN\n", "The  drain   event"] {
        assert_eq!(short(&given(right)), (true, 1.0, vec![]), "{right}");
    }
    let slip = given("END");
    assert_eq!(short(&slip), (false, 0.0, vec![(false, true)]));
    assert_eq!(
        (slip.told[0].reason.as_str(), slip.answer.as_str(), slip.because.as_str()),
        ("Too late.", "drain", "B")
    );
    assert_eq!(given("finish").told[0].reason, "");
    assert_eq!(short(&given("  ")), (false, 0.0, vec![]));
}

#[test]
fn a_number() {
    let asked = question(
        "number",
        r#""value": 1500, "tolerance": 50, "unit": "ms", "because": "B", "slips": [{"value": 15, "reason": "Forgot the hundred."}]"#,
    );
    let given = |text: &str| judge(&asked, None, &Given::Text(text.into()));
    for right in ["1500", "1 500 ms", "1450", "1550.0", "1.5e3"] {
        assert!(given(right).right, "{right}");
    }
    for wrong in ["1449.9", "1551", "1,500", "1500 s", "", "many"] {
        assert!(!given(wrong).right, "{wrong}");
    }
    assert_eq!(given("15 ms").told[0].reason, "Forgot the hundred.");
    assert!(given("1,5").told[0].reason.contains("point"));
    assert_eq!(given("x").answer, "1500\u{a0}ms");
    let exact = question("number", r#""value": 0.3, "because": "B""#);
    assert!(judge(&exact, None, &Given::Text("0.30000000000000004".into())).right, "what binary fractions lose");
    assert!(!judge(&exact, None, &Given::Text("0.301".into())).right);
}

#[test]
fn an_output() {
    let asked = question(
        "output",
        r#""program": "x", "because": "B", "slips": [{"text": "timer\ntick", "reason": "Ticks come first."}]"#,
    );
    let answer = Answer::Output { text: "tick\ntimer\n".into(), exit: 0 };
    let given = |text: &str| judge(&asked, Some(&answer), &Given::Text(text.into()));
    for right in ["tick\ntimer", "tick  \r\ntimer\t\n\n\n"] {
        assert!(given(right).right, "{right:?}");
    }
    assert_eq!(given("timer\ntick\n").told[0].reason, "Ticks come first.");
    assert_eq!(given("timer tick").told[0].reason, "Ticks come first.", "whichever lines it is on");
    assert_eq!(given("tick\nTimer").told[0].reason, "Line 2 is the first that differs.");
    assert_eq!(given("tick").told[0].reason, "Right so far, but something more is printed: line 2.");
    assert_eq!(given("tick\ntimer\nend").told[0].reason, "Right so far, but nothing more is printed after line 2.");
    assert_eq!(given(" tick\ntimer").told[0].reason, "Line 1 is the first that differs: in the blanks before it.");
    assert_eq!((given("tick\nx").share, given("tick\nx").answer.as_str()), (0.5, "tick\ntimer"));
    assert!(!judge(&asked, None, &Given::Text("tick\ntimer".into())).right, "nobody knows what is right");
}

#[test]
fn an_order() {
    let events = r#"[{"text": "a"}, {"text": "b"}, {"text": "c"}]"#;
    let asked = question("order", &format!(r#""program": "x", "events": {events}, "because": "B""#));
    let answer = Answer::Order(vec![2, 0, 1]);
    let given = |order: &[usize]| judge(&asked, Some(&answer), &Given::Order(order.to_vec()));
    assert_eq!(short(&given(&[2, 0, 1])), (true, 1.0, vec![(true, true); 3]));
    assert_eq!(given(&[2, 0, 1]).answer, "c → a → b");
    assert_eq!(short(&given(&[0, 2, 1])), (false, 2.0 / 3.0, vec![(false, true), (false, true), (true, true)]));
    assert_eq!(given(&[1, 0, 2]).share, 0.0);
    assert!(!given(&[2, 0]).right);
    assert!(!given(&[2, 0, 1, 1]).right);
}

fn pairs() -> Question {
    question(
        "match",
        r#""pairs": [{"left": "l1", "right": "r1", "reason": "R1"}, {"left": "l2", "right": "r2", "reason": "R2"}],
           "decoys": [{"text": "r3", "reason": "R3"}]"#,
    )
}

#[test]
fn a_match() {
    let asked = pairs();
    let Kind::Match(matching) = &asked.kind else { panic!("it is a match") };
    let matching: &Matching = matching;
    assert_eq!(rights(matching), ["r1", "r2", "r3"]);
    let given = |pairs: &[Option<usize>]| judge(&asked, None, &Given::Pairs(pairs.to_vec()));
    assert_eq!(short(&given(&[Some(0), Some(1)])), (true, 1.0, vec![(true, true), (true, true), (true, false)]));
    let decoyed = given(&[Some(0), Some(2)]);
    assert_eq!(short(&decoyed), (false, 0.5, vec![(true, true), (false, true), (false, true)]));
    assert_eq!((decoyed.told[2].reason.as_str(), decoyed.told[1].text.as_str()), ("R3", "l2 → r2"));
    assert_eq!(given(&[None, Some(1)]).share, 0.5);
    assert_eq!(given(&[Some(0), Some(1), Some(2)]).told[2], given(&[Some(0), Some(1)]).told[2], "there is no third");
}

#[test]
fn gaps() {
    let asked = question(
        "gap",
        r#""text": "{1} and {2}", "gaps": [
            {"answers": ["BEGIN", "START TRANSACTION"], "because": "B1", "slips": [{"text": "OPEN", "reason": "S1"}]},
            {"answers": ["COMMIT"], "because": "B2"}]"#,
    );
    let given = |one: &str, two: &str| judge(&asked, None, &Given::Texts(vec![one.into(), two.into()]));
    assert_eq!(short(&given("start transaction", " commit ")), (true, 1.0, vec![(true, true); 2]));
    let half = given("open", "commit");
    assert_eq!(short(&half), (false, 0.5, vec![(false, true), (true, true)]));
    assert_eq!([half.told[0].reason.as_str(), half.told[1].reason.as_str()], ["S1", "B2"]);
    assert_eq!(half.answer, "BEGIN, COMMIT");
    assert_eq!(judge(&asked, None, &Given::Texts(vec![])).share, 0.0);
}

#[test]
fn an_anomaly_and_a_goal() {
    let asked = question(
        "anomaly",
        r#""preset": "p", "because": "B", "options": [{"text": "none", "reason": "R0"}, {"text": "deadlock", "reason": "R1"}]"#,
    );
    let answer = Answer::Option(1);
    let right = judge(&asked, Some(&answer), &Given::Option(1));
    assert_eq!(short(&right), (true, 1.0, vec![(false, false), (true, true)]));
    assert_eq!((right.answer.as_str(), right.because.as_str()), ("deadlock", "B"));
    assert!(!judge(&asked, Some(&answer), &Given::Option(0)).right);
    assert!(!judge(&asked, Some(&Answer::Option(9)), &Given::Option(9)).right);
    assert!(!judge(&asked, None, &Given::None).right);

    let goal = question("lab", r#""lab": "locking", "preset": "p", "goal": "deadlock", "because": "B""#);
    let way = Answer::Reach(Way::Schedule("ABBA".into()));
    assert!(judge(&goal, Some(&way), &Given::Reached(true)).right);
    assert!(!judge(&goal, Some(&way), &Given::Reached(false)).right);
    assert_eq!(judge(&goal, Some(&way), &Given::None).answer, "deadlock: ABBA");
}

fn open() -> Question {
    question(
        "open",
        r#""good": [{"text": "g1", "follow_up": "f1"}, {"text": "g2"}, {"text": "g3"}, {"text": "g4"}],
           "red_flags": [{"text": "x", "reason": "R"}], "junior": "J", "senior": "S""#,
    )
}

#[test]
fn a_rubric() {
    let asked = open();
    let given = |good: &[usize], red_flags: &[usize]| {
        judge(&asked, None, &Given::Rubric { good: good.to_vec(), red_flags: red_flags.to_vec() })
    };
    assert_eq!((given(&[0, 1, 2, 3], &[]).right, given(&[0, 1, 2, 3], &[]).share), (true, 1.0));
    assert_eq!((given(&[0, 1], &[]).right, given(&[0, 1], &[]).share), (true, 0.5));
    assert_eq!((given(&[0], &[]).right, given(&[0], &[]).share), (false, 0.25));
    assert_eq!((given(&[0, 1, 2], &[0]).right, given(&[0, 1, 2], &[0]).share), (false, 0.5));
    assert_eq!(given(&[], &[0]).share, 0.0);
    assert_eq!(given(&[1], &[]).told[0].reason, "f1");
}

#[test]
fn what_is_an_answer() {
    let whole = |question: &Question, given: Given| given.answers(question);
    let choice = question("choice", &options());
    assert!(whole(&choice, Given::Option(3)) && !whole(&choice, Given::Option(4)) && !whole(&choice, Given::None));
    let several = question("several", &options());
    assert!(whole(&several, Given::Options(vec![1])) && !whole(&several, Given::Options(vec![])));
    assert!(whole(&pairs(), Given::Pairs(vec![Some(0), Some(2)])));
    assert!(!whole(&pairs(), Given::Pairs(vec![Some(0), None])));
    assert!(whole(&open(), Given::Rubric { good: vec![], red_flags: vec![] }));
    assert!(!whole(&open(), Given::Text("my answer".into())));
}

#[test]
fn a_given_answer_is_kept_and_read_again() {
    for given in [Given::None, Given::Pairs(vec![Some(1), None]), Given::Rubric { good: vec![1], red_flags: vec![] }] {
        let text = serde_json::to_string(&given).unwrap();
        assert_eq!(serde_json::from_str::<Given>(&text).unwrap(), given);
    }
}

fn any_given() -> impl Strategy<Value = Given> {
    let index = || prop_oneof![0usize..6, Just(usize::MAX)];
    let many = || prop::collection::vec(prop_oneof![0usize..6, Just(usize::MAX)], 0..8);
    prop_oneof![
        Just(Given::None),
        index().prop_map(Given::Option),
        many().prop_map(Given::Options),
        any::<bool>().prop_map(Given::Truth),
        "[-+0-9.,eE \u{a0}a-z\n]{0,20}".prop_map(Given::Text),
        any::<String>().prop_map(Given::Text),
        prop::collection::vec(any::<String>(), 0..4).prop_map(Given::Texts),
        many().prop_map(Given::Order),
        prop::collection::vec(prop::option::of(index()), 0..5).prop_map(Given::Pairs),
        any::<bool>().prop_map(Given::Reached),
        (many(), many()).prop_map(|(good, red_flags)| Given::Rubric { good, red_flags }),
    ]
}

fn any_answer() -> impl Strategy<Value = Option<Answer>> {
    prop_oneof![
        Just(None),
        any::<String>().prop_map(|text| Some(Answer::Output { text, exit: 0 })),
        prop::collection::vec(0usize..6, 0..6).prop_map(|order| Some(Answer::Order(order))),
        (0usize..6).prop_map(|at| Some(Answer::Option(at))),
        Just(Some(Answer::Reach(Way::Picks(vec![0])))),
    ]
}

fn any_question() -> impl Strategy<Value = Question> {
    let number = r#""value": 1500, "because": "B", "unit": "ms""#;
    let order = r#""program": "x", "because": "B", "events": [{"text": "a"}, {"text": "b"}, {"text": "c"}]"#;
    let gap = r#""text": "{1}", "gaps": [{"answers": [], "because": "B"}]"#;
    let anomaly = r#""preset": "p", "because": "B", "options": [{"text": "none", "reason": "R0"}]"#;
    prop::sample::select(vec![
        question("choice", &options()),
        question("several", &options()),
        question("several", r#""options": []"#),
        question("true-false", r#""answer": true, "because": "B", "otherwise": "O""#),
        question("short", r#""answers": [], "because": "B""#),
        question("number", number),
        question("output", r#""program": "x", "because": "B""#),
        question("order", order),
        pairs(),
        question("gap", gap),
        question("anomaly", anomaly),
        question("lab", r#""lab": "l", "preset": "p", "goal": "g", "because": "B""#),
        open(),
    ])
}

proptest! {
    #[test]
    fn no_answer_is_too_strange(asked in any_question(), answer in any_answer(), given in any_given()) {
        let verdict = judge(&asked, answer.as_ref(), &given);
        prop_assert!((0.0..=1.0).contains(&verdict.share), "{verdict:?}");
        let _ = given.answers(&asked);
    }

    #[test]
    fn two_texts_are_laid_beside_each_other_whole(one in "[ab \n]{0,30}", other in "[ab \n]{0,30}") {
        let (mut left, mut right) = (vec![], vec![]);
        for line in difference(&one, &other) {
            match line {
                Line::Same(line) => { left.push(line.clone()); right.push(line); }
                Line::Missing(line) => left.push(line),
                Line::Extra(line) => right.push(line),
            }
        }
        let lines = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
            while lines.last().is_some_and(String::is_empty) { lines.pop(); }
            lines
        };
        prop_assert_eq!(left, lines(&one));
        prop_assert_eq!(right, lines(&other));
    }
}
