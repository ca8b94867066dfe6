//! Choreographed sagas: nothing goes wrong with all safeguards on, and something does with each of them off.

mod searched;

use interleave_kernel::explore::Explored;
use interleave_kernel::{Dice, Machine};
use interleave_protocols::ProcessId;
use interleave_protocols::play::Subject;
use interleave_protocols::saga::choreography::*;
use interleave_protocols::saga::{Answer, CHARGED, PAID, STOCK, UNDONE};
use proptest::prelude::*;
use searched::{broken, filmed, lane, last_word, on_disk, seeded, violated};

const CANCELLED: &str = "an order can be cancelled";

fn every_order(scenario: &Scenario) -> Explored<Action> {
    searched::every_order::<Choreography>(scenario)
}

/// Every service may accept or refuse.
fn order(faults: &str, change: impl Fn(&mut Scenario)) -> Scenario {
    let answers = Answers { stock: Answer::Either, payment: Answer::Either, shipping: Answer::Either };
    let mut scenario = Scenario { answers, faults: faults.parse().unwrap(), ..Scenario::default() };
    change(&mut scenario);
    scenario
}

fn nothing_breaks(scenario: &Scenario, states: u64) {
    let found = every_order(scenario);
    assert_eq!(violated(&found), [], "{scenario:?}");
    assert!(found.deadlock.is_none(), "{scenario:?}");
    assert_eq!(found.states, states, "{scenario:?}");
}

/// Figures of this model: they change when it does.
#[test]
fn with_all_safeguards_every_rule_holds_within_the_faults() {
    nothing_breaks(&order("", |_| {}), 740);
    nothing_breaks(&order("crash=1", |_| {}), 6_479);
    nothing_breaks(&order("duplicate=1", |_| {}), 3_824);
    nothing_breaks(&order("reorder=1", |_| {}), 1_472);
    nothing_breaks(&order("", |it| it.waiting_list = true), 8_468);
    for (poison, states) in
        [(Kind::OrderPlaced, 40), (Kind::StockReserved, 419), (Kind::CardCharged, 2_223), (Kind::CardRefunded, 5_883)]
    {
        nothing_breaks(&order("crash=1", |it| it.poison = Some(poison)), states);
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "a million steps: for optimised builds")]
fn also_with_more_faults() {
    nothing_breaks(&order("crash=1,duplicate=1", |_| {}), 24_331);
    nothing_breaks(&order("crash=1,duplicate=1,reorder=1", |_| {}), 64_133);
    nothing_breaks(&order("crash=1,duplicate=1", |it| it.waiting_list = true), 287_703);
}

/// Each rule fails in one of these, so none holds because nothing can break it.
#[test]
fn each_safeguard_is_needed() {
    type Case = (&'static str, Scenario, &'static [(&'static str, usize)]);
    let cases: [Case; 7] = [
        (
            "inbox",
            order("crash=1", |it| it.safeguards.inbox = false),
            &[(CHARGED, 11), (PAID, 39), (STOCK, 18), (UNDONE, 15)],
        ),
        (
            "inbox, within a duplicate",
            order("duplicate=1", |it| it.safeguards.inbox = false),
            &[(CHARGED, 10), (PAID, 38), (STOCK, 17), (UNDONE, 14)],
        ),
        ("outbox", order("crash=1", |it| it.safeguards.outbox = false), &[(ENDS, 3)]),
        ("acknowledge_after", order("crash=1", |it| it.safeguards.acknowledge_after = false), &[(ENDS, 5)]),
        (
            "dead_letters",
            order("", |it| (it.safeguards.dead_letters, it.poison) = (false, Some(Kind::CardCharged))),
            &[(ENDS, 13)],
        ),
        ("round_limit", order("", |it| (it.safeguards.round_limit, it.waiting_list) = (false, true)), &[(ENDS, 21)]),
        ("forward_only", order("reorder=1", |it| it.safeguards.forward_only = false), &[(ENDS, 21)]),
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
    let stories: [Story; 5] = [
        ("events-only", 16_623, &[]),
        ("delivered-twice", 4_239, &[(CHARGED, 11), (STOCK, 31)]),
        ("poison-event", 78, &[(ENDS, 13)]),
        ("cyclic-chain", 1_526, &[(CANCELLED, 0), (ENDS, 21)]),
        ("who-knows", 478, &[(ENDS, 24)]),
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

/// The counterexample of a circle is a round: what is published comes back.
#[test]
fn a_cyclic_chain_is_shown_going_round() {
    let scenario = PRESETS.iter().find(|it| it.id == "cyclic-chain").unwrap().scenario();
    let forever = broken(&every_order(&scenario), ENDS);
    assert_eq!(forever.cycle.actions.len(), 44);
    let (stock, payment) = (ProcessId(1), ProcessId(2));
    assert!(forever.cycle.actions.contains(&Action::Publish(stock)));
    assert!(forever.cycle.actions.contains(&Action::Refuse(payment)));
    let limited = Scenario { safeguards: Safeguards::default(), ..scenario };
    assert_eq!(
        last_word(&seeded(Subject::ChoreographedSaga(limited), 1)),
        "Nothing is left to happen: the order is cancelled."
    );
}

/// The parcel is sent and paid for, and the order service believes that it is not.
#[test]
fn who_believes_what_was_heard_last_does_not_know() {
    let scenario = PRESETS.iter().find(|it| it.id == "who-knows").unwrap().scenario();
    let found = every_order(&scenario);
    let picks = broken(&found, ENDS).schedule.picks;
    let tape = filmed::<Choreography>(&scenario, &picks);
    let end = tape.len() - 1;
    assert_eq!(on_disk(&lane(&tape, end, "Orders")).last(), Some(&"order: charged"));
    assert_eq!(on_disk(&lane(&tape, end, "Shipping")).last(), Some(&"shipped"));
    assert_eq!(last_word(&tape), "Nothing is left to happen: the order service does not know how the order ended.");
    let waiting = |at| lane(&tape, at, "Broker").rows.iter().filter(|row| row.text.starts_with("for orders")).count();
    assert!((0..tape.len()).any(|at| waiting(at) > 1), "what waits at the broker is in the picture");
}

#[test]
fn scenarios_that_make_no_sense_are_refused() {
    let refused = |faults: &str| Choreography::new(&order(faults, |_| {})).map(drop).unwrap_err();
    assert_eq!(refused("loss=1"), "a broker has crash, duplicate and reorder around it, and no loss");
    assert_eq!(refused("partition=1"), "a broker has crash, duplicate and reorder around it, and no partition");
    let mut many = Scenario::default();
    many.faults.crash = 200;
    assert_eq!(Choreography::new(&many).map(drop).unwrap_err(), "crash takes a number from 0 to 9");
    let text = r#"{"answers": {"payment": "refuse"}, "poison": "card-refused", "safeguards": {"inbox": false}}"#;
    let scenario: Scenario = serde_json::from_str(text).unwrap();
    assert_eq!((scenario.answers.payment, scenario.poison), (Answer::Refuse, Some(Kind::CardRefused)));
    assert!(!scenario.safeguards.inbox && scenario.safeguards.outbox);
    let wrong = serde_json::from_str::<Scenario>(r#"{"poisons": "shipped"}"#).unwrap_err().to_string();
    assert!(wrong.contains("unknown field `poisons`"), "{wrong}");
}

const KINDS: [Kind; 9] = [
    Kind::OrderPlaced,
    Kind::StockReserved,
    Kind::StockRefused,
    Kind::CardCharged,
    Kind::CardRefused,
    Kind::Shipped,
    Kind::ShipmentRefused,
    Kind::CardRefunded,
    Kind::StockReleased,
];

prop_compose! {
    fn scenarios()(
        answers in prop::array::uniform3(prop::sample::select(vec![Answer::Accept, Answer::Refuse, Answer::Either])),
        poison in prop::option::of(prop::sample::select(KINDS.to_vec())),
        [crash, duplicate, reorder] in prop::array::uniform3(0_u8..=9),
        switches: [bool; 7],
    ) -> Scenario {
        let [stock, payment, shipping] = answers;
        let [a, b, c, d, e, f, waiting_list] = switches;
        Scenario {
            answers: Answers { stock, payment, shipping },
            poison,
            waiting_list,
            faults: interleave_protocols::Budget { crash, duplicate, reorder, ..Default::default() },
            safeguards: Safeguards {
                inbox: a, outbox: b, acknowledge_after: c, dead_letters: d, round_limit: e, forward_only: f,
            },
        }
    }
}

proptest! {
    /// Whatever is switched off and goes wrong: no assertion of the model fails, a step without its note does what the step does, and what
    /// is offered depends on nothing but the state.
    #[test]
    fn any_scenario_can_be_played(scenario in scenarios(), seed: u64) {
        let mut machine = Choreography::new(&scenario).unwrap();
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
