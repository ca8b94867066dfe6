//! Orchestrated sagas: nothing goes wrong with all safeguards on, and something does with each of them off.

mod searched;

use interleave_kernel::explore::Explored;
use interleave_kernel::{Dice, Machine};
use interleave_protocols::Preset;
use interleave_protocols::ProcessId;
use interleave_protocols::diagram::Status as Up;
use interleave_protocols::play::Subject;
use interleave_protocols::saga::*;
use proptest::prelude::*;
use searched::{broken, filmed, lane, last_word, on_disk, seeded, told, violated};

const COMPENSATED: &str = "an order can be compensated";

fn every_order(scenario: &Scenario) -> Explored<Action> {
    searched::every_order::<Saga>(scenario)
}

/// The first steps of an order. All that may be refused may be refused or accepted.
fn order(steps: usize, faults: &str) -> Scenario {
    let mut scenario = Scenario { faults: faults.parse().unwrap(), ..Scenario::default() };
    scenario.steps.truncate(steps);
    for step in scenario.steps.iter_mut().filter(|step| step.kind != Kind::Retriable) {
        step.answers = vec![Answer::Either];
    }
    scenario
}

/// Two orders for one item, without the last step. Both cards may be refused.
fn two_orders(faults: &str) -> Scenario {
    let mut scenario = Scenario { sagas: 2, ..order(3, faults) };
    scenario.steps.iter_mut().for_each(|step| step.answers.clear());
    scenario.steps[1].answers = vec![Answer::Either; 2];
    scenario
}

/// An order without one of the safeguards.
fn without(off: impl Fn(&mut Safeguards), mut scenario: Scenario) -> Scenario {
    off(&mut scenario.safeguards);
    scenario
}

/// An order in which the parcel can be called back, and the last step may still be refused.
fn called_back() -> Scenario {
    let mut scenario = order(4, "");
    scenario.steps[2].kind = Kind::Compensatable;
    (scenario.steps[3].kind, scenario.steps[3].answers) = (Kind::Pivot, vec![Answer::Either]);
    scenario
}

/// An order whose charge and reservation are undone like that.
fn undone(compensation: Compensation, faults: &str) -> Scenario {
    let mut scenario = order(4, faults);
    scenario.steps[..2].iter_mut().for_each(|step| step.compensation = compensation);
    scenario
}

fn nothing_breaks(scenario: &Scenario, states: u64) {
    let found = every_order(scenario);
    assert_eq!(violated(&found), [], "{scenario:?}");
    assert!(found.deadlock.is_none(), "{scenario:?}");
    assert_eq!(found.states, states, "{scenario:?}");
}

/// Up to four steps, each answered either way, within one crash and one loss. Figures of this model: they change when it does.
#[test]
fn with_all_safeguards_every_rule_holds_within_a_crash_and_a_loss() {
    let faults = ["", "loss=1", "crash=1", "crash=1,loss=1"];
    let states = [[21, 64, 199, 509], [38, 131, 513, 1_359], [61, 222, 1_058, 2_829], [67, 249, 1_299, 3_553]];
    let found = [1, 2, 3, 4].map(|steps| {
        faults.map(|faults| {
            let found = every_order(&order(steps, faults));
            assert_eq!(violated(&found), [], "{steps} steps, {faults}");
            assert!(found.deadlock.is_none(), "{steps} steps, {faults}");
            found.states
        })
    });
    assert_eq!(found, states);
}

#[test]
fn also_when_compensations_fail_and_when_two_contend() {
    nothing_breaks(&undone(Compensation::Fails(1), "crash=1,loss=1"), 3_979);
    nothing_breaks(&undone(Compensation::Never, "crash=1,loss=1"), 3_107);
    nothing_breaks(&two_orders(""), 816);
    nothing_breaks(&two_orders("loss=1"), 3_593);
    nothing_breaks(&called_back(), 90);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "hundreds of thousands of steps: for optimised builds")]
fn also_with_more_faults() {
    nothing_breaks(&order(4, "crash=1,loss=1,duplicate=1"), 31_670);
    nothing_breaks(&order(4, "delay=2,reorder=1"), 14_321);
    nothing_breaks(&order(4, "crash=2,loss=1"), 27_074);
    nothing_breaks(&order(4, "hold=1,partition=1"), 35_569);
    nothing_breaks(&two_orders("crash=1"), 38_316);
    let mut four_steps = two_orders("crash=1,loss=1");
    nothing_breaks(&four_steps, 112_768);
    four_steps.steps = Scenario::default().steps;
    four_steps.steps[1].answers = vec![Answer::Either; 2];
    nothing_breaks(&four_steps, 151_275);
}

/// Each rule fails in one of these, so none holds because nothing can break it.
#[test]
fn each_safeguard_is_needed() {
    let (crash, loss) = (|| order(4, "crash=1"), || order(4, "loss=1"));
    type Case = (&'static str, Scenario, Vec<(&'static str, usize)>);
    let cases: [Case; 12] = [
        ("saga_log", without(|it| it.saga_log = false, crash()), vec![(CHARGED, 11), (STOCK, 6), (ENDS, 8)]),
        (
            "log_before_acting",
            without(|it| it.log_before_acting = false, crash()),
            vec![(CHARGED, 11), (STOCK, 6), (ENDS, 8)],
        ),
        (
            "await_replies",
            without(|it| it.await_replies = false, order(4, "")),
            vec![(PAID, 21), (STOCK, 9), (COMPENSATED, 0)],
        ),
        ("await_compensations", without(|it| it.await_compensations = false, loss()), vec![(CHARGED, 28), (STOCK, 18)]),
        ("retries", without(|it| it.retries = false, loss()), vec![(ENDS, 4)]),
        ("ask_after_timeout", without(|it| it.ask_after_timeout = false, loss()), vec![(CHARGED, 23), (STOCK, 11)]),
        ("reverse_order", without(|it| it.reverse_order = false, called_back()), vec![(STOCK, 29)]),
        (
            "manual_intervention",
            without(|it| it.manual_intervention = false, undone(Compensation::Never, "")),
            vec![(ENDS, 26)],
        ),
        (
            "idempotency_keys",
            without(|it| it.idempotency_keys = false, order(4, "duplicate=1")),
            vec![(CHARGED, 14), (STOCK, 12), (UNDONE, 20)],
        ),
        (
            "idempotency_keys, after a crash",
            without(|it| it.idempotency_keys = false, crash()),
            vec![(CHARGED, 16), (STOCK, 14), (UNDONE, 22)],
        ),
        (
            "tombstones",
            without(|it| it.tombstones = false, order(4, "delay=2,reorder=1")),
            vec![(CHARGED, 27), (STOCK, 15)],
        ),
        ("semantic_lock", without(|it| it.semantic_lock = false, two_orders("")), vec![(DIRTY, 28)]),
    ];
    for (name, scenario, rules) in cases {
        assert_eq!(violated(&every_order(&scenario)), rules, "without {name}");
        let on = Scenario { safeguards: Safeguards::default(), ..scenario };
        assert_eq!(violated(&every_order(&on)), [], "with {name}");
    }
}

/// What each preset must come to.
#[test]
fn presets_tell_their_story() {
    type Story = (&'static str, u64, &'static [(&'static str, usize)]);
    let stories: [Story; 14] = [
        ("crash-anywhere", 1_884, &[]),
        ("card-refused", 22, &[]),
        ("request-or-reply", 131, &[]),
        ("six-hours", 48, &[]),
        ("manual-intervention", 34, &[]),
        ("last-item", 438, &[]),
        ("reply-lost-after-charge", 133, &[(CHARGED, 23), (STOCK, 11)]),
        ("dies-before-log", 2_339, &[(CHARGED, 11), (STOCK, 6), (ENDS, 8)]),
        ("no-log", 285, &[(CHARGED, 11), (STOCK, 6), (ENDS, 8)]),
        ("charged-twice", 538, &[(CHARGED, 14)]),
        ("refund-overtakes-charge", 7_964, &[(CHARGED, 27), (STOCK, 15)]),
        ("turned-away", 407, &[(DIRTY, 28)]),
        ("shelf-and-parcel", 46, &[(STOCK, 29)]),
        ("fire-and-forget", 7_188, &[(PAID, 21), (STOCK, 9), (COMPENSATED, 0)]),
    ];
    assert_eq!(PRESETS.iter().map(|it| it.id).collect::<Vec<_>>(), stories.map(|(id, ..)| id), "ids never change");
    for (preset, (id, states, rules)) in PRESETS.iter().zip(stories) {
        let found = every_order(&preset.scenario());
        assert_eq!((violated(&found).as_slice(), found.states), (rules, states), "{id}");
        assert!(!preset.title.is_empty() && preset.idea.ends_with('.'), "{id}");
        let text = serde_json::to_string(&preset.scenario()).unwrap();
        assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), preset.scenario(), "{id}");
    }
}

/// How a preset without faults ends, whatever the seed: what it has in its log last, and what is left at the services.
#[test]
fn presets_end_as_they_say() {
    for (id, end) in [
        ("card-refused", "saga 1 is compensated"),
        ("six-hours", "saga 1 is compensated"),
        ("manual-intervention", "saga 1 is in a person's hands"),
        ("shelf-and-parcel", "saga 1 is compensated"),
        ("fire-and-forget", "saga 1 is completed"),
    ] {
        let scenario = Preset::find(PRESETS, id).unwrap().scenario();
        for seed in 0..5 {
            let last = last_word(&seeded(Subject::Saga(scenario.clone()), seed));
            assert_eq!(last, format!("Nothing is left to happen: {end}."), "{id}");
        }
    }
    assert!(Preset::find(PRESETS, "no-such-story").is_none());
}

/// With the lock, there are orders in which the second customer gets what the first one gives back.
#[test]
fn who_waits_for_the_last_item_may_get_it() {
    let scenario = Preset::find(PRESETS, "last-item").unwrap().scenario();
    let ends = (0..50).map(|seed| last_word(&seeded(Subject::Saga(scenario.clone()), seed)));
    let got_it = "Nothing is left to happen: saga 1 is compensated, saga 2 is completed.";
    let gave_up = "Nothing is left to happen: saga 1 is compensated, saga 2 is compensated.";
    let ends: Vec<_> = ends.collect();
    assert!(ends.iter().all(|it| it == got_it || it == gave_up), "{ends:#?}");
    assert!(ends.iter().any(|it| it == got_it));
}

/// Lost request and lost reply look the same until the orchestrator asks.
#[test]
fn only_a_question_tells_a_lost_request_from_a_lost_reply() {
    let scenario = Preset::find(PRESETS, "request-or-reply").unwrap().scenario();
    let card = ProcessId(2);
    let answer = |lost: fn(&Action, ProcessId) -> bool| {
        let mut machine = Saga::new(&scenario).unwrap();
        loop {
            let actions = machine.actions();
            let Some(action) = actions.iter().find(|it| lost(it, card)).or(actions.first()) else { break None };
            let note = machine.step(action).plain();
            if note.contains("looks for the key") {
                break Some(note);
            }
        }
    };
    use interleave_protocols::network::Step as Net;
    let request = answer(|it, card| matches!(it, Action::Network(Net::Lose(link, _)) if link.to == card));
    assert_eq!(
        request.as_deref(),
        Some("The payment service looks for the key of saga 1 and finds nothing: the request was lost.")
    );
    let reply = answer(|it, card| matches!(it, Action::Network(Net::Lose(link, _)) if link.from == card));
    assert_eq!(
        reply.as_deref(),
        Some("The payment service looks for the key of saga 1 and finds it: done, only the reply was lost.")
    );
}

/// What the explorer finds opens in the player, like any other tape.
#[test]
fn a_schedule_is_a_tape() {
    let scenario = Preset::find(PRESETS, "dies-before-log").unwrap().scenario();
    let lost = broken(&every_order(&scenario), STOCK);
    let tape = filmed::<Saga>(&scenario, &lost.schedule.picks);
    let notes: Vec<_> = tape.frames()[1..].iter().map(|frame| frame.note.plain()).collect();
    assert_eq!(
        notes[..6],
        [
            "A customer orders: saga 1 is to begin.",
            "The orchestrator tells the stock service: “saga 1: do it”.",
            "The stock service is asked “saga 1: do it”.",
            "The stock service does “reserve stock” for saga 1 and commits.",
            "The orchestrator crashes. What it has in memory is gone; its log stays.",
            "The orchestrator is back and finds nothing in its log to be done.",
        ]
    );
    assert_eq!(notes[..6], told::<Saga>(&scenario, &lost.schedule.actions));
    assert_eq!(on_disk(&lane(&tape, 0, "Stock")), ["on the shelf: 1"]);
    let (orchestrator, stock) = (lane(&tape, 5, "Orchestrator"), lane(&tape, 5, "Stock"));
    assert!(orchestrator.status == Up::Down && orchestrator.log.is_empty());
    assert_eq!(orchestrator.memory[0].text, "saga 1: reserve stock, waits", "what it had in mind is shown as lost");
    assert_eq!(on_disk(&stock), ["on the shelf: 0", "saga 1: reserved, pending"], "what is committed stays");
    assert_eq!(lane(&tape, 6, "Orchestrator").status, Up::Up);
}

/// A compensation that never works and nobody to call is tried for ever: the counterexample is a round.
#[test]
fn without_a_person_to_call_a_compensation_is_tried_for_ever() {
    let scenario = without(|it| it.manual_intervention = false, undone(Compensation::Never, ""));
    let forever = broken(&every_order(&scenario), ENDS);
    assert!(forever.cycle.actions.contains(&Action::Clock), "{:?}", forever.cycle);
}

#[test]
fn scenarios_that_make_no_sense_are_refused() {
    let refused = |change: fn(&mut Scenario)| {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        Saga::new(&scenario).map(drop).unwrap_err()
    };
    assert_eq!(refused(|it| it.steps.clear()), "a run takes 1 to 4 steps, not 0");
    assert_eq!(refused(|it| it.steps.push(Step::default())), "a run takes 1 to 4 steps, not 5");
    assert_eq!(refused(|it| it.sagas = 3), "a run takes 1 to 2 sagas, not 3");
    assert_eq!(refused(|it| it.stock = 200), "a run takes 0 to 9 items in stock, not 200");
    assert_eq!(refused(|it| it.attempts = 0), "a run takes 1 to 4 attempts, not 0");
    assert_eq!(refused(|it| it.faults.loss = 200), "loss takes a number from 0 to 9");
    assert_eq!(
        refused(|it| it.steps[3].kind = Kind::Compensatable),
        "step 4: after a pivot or a retriable step, nothing can be undone: it has to be retriable"
    );
    assert_eq!(
        refused(|it| it.steps[1].kind = Kind::Pivot),
        "step 3: a saga has one pivot, and nothing retriable before it"
    );
    assert_eq!(refused(|it| it.steps[3].answers = vec![Answer::Refuse]), "step 4: a retriable step cannot be refused");
    assert_eq!(
        refused(|it| it.steps[0].kind = Kind::Retriable),
        "step 1: stock can run out, so to reserve it cannot be retriable"
    );
    assert_eq!(refused(|it| it.steps[1].effect = Effect::Reserve), "step 2: “reserve stock” is done once in a saga");
    assert_eq!(
        refused(|it| it.steps[0].answers = vec![Answer::Either; 2]),
        "step 1: there are 2 answers and the number of sagas is 1"
    );
    assert_eq!(
        refused(|it| it.steps[0].compensation = Compensation::Fails(10)),
        "step 1: a compensation fails 0 to 9 times, or never works"
    );
    assert_eq!(
        refused(|it| it.steps[2].compensation = Compensation::Never),
        "step 3: only a compensatable step has a compensation that can fail"
    );
    assert_eq!(
        refused(|it| it.steps[0].name = "**x**".into()),
        "step 1: a name has letters, digits, spaces, hyphens and apostrophes, not '*'"
    );
    assert_eq!(refused(|it| it.steps[0].name = "x".repeat(25)), "step 1: a name has at most 24 characters");
}

#[test]
fn a_scenario_is_plain_data() {
    let text = r#"{
        "steps": [
            {"effect": "reserve", "compensation": {"fails": 2}},
            {"name": "gift wrap", "kind": "pivot", "answers": ["either"]}
        ],
        "safeguards": {"semantic_lock": false}
    }"#;
    let scenario: Scenario = serde_json::from_str(text).unwrap();
    assert_eq!((scenario.sagas, scenario.stock, scenario.steps.len()), (1, 1, 2));
    assert_eq!(scenario.steps[0].compensation, Compensation::Fails(2));
    assert_eq!((scenario.steps[0].name(), scenario.steps[1].name()), ("reserve stock", "gift wrap"));
    assert!(!scenario.safeguards.semantic_lock && scenario.safeguards.saga_log);
    assert_eq!(violated(&every_order(&scenario)), []);
    let wrong = serde_json::from_str::<Scenario>(r#"{"safeguard": {}}"#).unwrap_err().to_string();
    assert!(wrong.contains("unknown field `safeguard`"), "{wrong}");
}

prop_compose! {
    /// Compensatable steps, then maybe a pivot, then retriable ones, in any order of effects.
    fn scenarios()(
        effects in Just(vec![Effect::Reserve, Effect::Charge, Effect::Ship, Effect::Confirm]).prop_shuffle(),
        (count, pivot) in (1_usize..=4, 0_usize..5),
        answers in prop::collection::vec(prop::sample::select(vec![Answer::Accept, Answer::Refuse, Answer::Either]), 8),
        compensation in prop::sample::select(vec![Compensation::Works, Compensation::Fails(1), Compensation::Never]),
        (sagas, stock, attempts) in (1_u8..=2, 0_u8..3, 1_u8..=3),
        faults in prop::array::uniform7(0_u8..4),
        switches: [bool; 11],
    ) -> Scenario {
        let steps = effects[..count].iter().enumerate().map(|(at, &effect)| {
            let kind = match at.cmp(&pivot) {
                std::cmp::Ordering::Less => Kind::Compensatable,
                std::cmp::Ordering::Equal => Kind::Pivot,
                // What can run out stays something that can be refused.
                std::cmp::Ordering::Greater => Kind::Retriable,
            };
            let effect = if kind == Kind::Retriable && effect == Effect::Reserve { Effect::Other } else { effect };
            let answers = match kind {
                Kind::Retriable => Vec::new(),
                _ => answers[2 * at..2 * at + usize::from(sagas)].to_vec(),
            };
            let compensation = if kind == Kind::Compensatable { compensation } else { Compensation::Works };
            Step { name: String::new(), effect, kind, answers, compensation }
        });
        let [crash, loss, duplicate, reorder, delay, hold, partition] = faults;
        let [a, b, c, d, e, f, g, h, i, j, k] = switches;
        Scenario {
            steps: steps.collect(), sagas, stock, attempts,
            faults: interleave_protocols::Budget { crash, loss, duplicate, reorder, delay, hold, partition },
            safeguards: Safeguards {
                saga_log: a, log_before_acting: b, await_replies: c, await_compensations: d, retries: e, ask_after_timeout: f,
                reverse_order: g, manual_intervention: h, idempotency_keys: i, tombstones: j, semantic_lock: k,
            },
        }
    }
}

proptest! {
    /// Whatever is switched off and goes wrong: no assertion of the model fails, a step without its note does what the step does, and what
    /// is offered depends on nothing but the state.
    #[test]
    fn any_scenario_can_be_played(scenario in scenarios(), seed: u64) {
        let mut machine = Saga::new(&scenario).unwrap();
        let mut quiet = machine.clone();
        let mut dice = Dice::new(seed);
        for _ in 0..300 {
            let actions = machine.actions();
            prop_assert_eq!(&actions, &quiet.actions());
            if actions.is_empty() {
                break;
            }
            let action = actions[dice.index(actions.len())];
            prop_assert!(!machine.step(&action).plain().is_empty());
            quiet.advance(&action);
            prop_assert_eq!(machine.violations(), quiet.violations());
        }
    }
}
