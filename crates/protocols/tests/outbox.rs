//! Dual writes and the outbox: nothing goes wrong with all safeguards on, and something does with each of them off.

mod searched;

use interleave_kernel::explore::Explored;
use interleave_kernel::{Dice, Machine};
use interleave_protocols::Preset;
use interleave_protocols::diagram::Status as Up;
use interleave_protocols::outbox::*;
use interleave_protocols::play::Subject;
use proptest::prelude::*;
use searched::{broken, filmed, lane, last_word, on_disk, seeded, told, violated};

fn every_order(scenario: &Scenario) -> Explored<Action> {
    searched::every_order::<Outbox>(scenario)
}

fn with(variant: Variant, events: u8, faults: &str) -> Scenario {
    Scenario { variant, events, faults: faults.parse().unwrap(), ..Scenario::default() }
}

/// How many events, of how many keys, at the same time or not, within which faults: how many states there are.
type Case = (u8, u8, bool, &'static str, u64);

fn holds(variant: Variant, cases: &[Case]) {
    for &(events, keys, concurrent, faults, states) in cases {
        let scenario = Scenario { keys, concurrent, ..with(variant, events, faults) };
        let found = every_order(&scenario);
        assert_eq!(violated(&found), [], "{scenario:?}");
        assert!(found.deadlock.is_none(), "{scenario:?}");
        assert_eq!(found.states, states, "{scenario:?}");
    }
}

const ANY: &str = "crash=1,loss=1,duplicate=1";

/// With one request at a time, both relays do the same: a mark for each event, or a position behind them.
#[test]
fn with_all_safeguards_every_rule_holds_within_the_faults() {
    // Figures of this model; they change when it does, and with them the time a search takes.
    let cases = [
        (1, 1, false, "", 22),
        (2, 1, false, "", 101),
        (3, 1, false, "", 278),
        (2, 1, false, "crash=1", 1_092),
        (2, 1, false, "crash=1,loss=1", 3_337),
        (1, 1, false, ANY, 3_839),
        (2, 1, false, ANY, 21_532),
        (1, 1, false, "reorder=1,delay=1,duplicate=1", 1_618),
        (1, 1, false, "hold=1,partition=1", 7_715),
        (2, 2, false, "crash=1,loss=1", 8_672),
    ];
    holds(Variant::PollingRelay, &cases);
    holds(Variant::LogTailingRelay, &cases);
    holds(Variant::PollingRelay, &[(2, 2, true, "crash=1,loss=1", 22_921)]);
    holds(Variant::LogTailingRelay, &[(2, 2, true, "crash=1,loss=1", 16_807)]);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "millions of steps: for optimised builds")]
fn also_with_more_events_and_more_faults() {
    let alike = [
        (3, 1, false, ANY, 69_075),
        (2, 2, false, ANY, 66_719),
        (2, 1, false, "hold=1,partition=1", 32_777),
        (3, 1, false, "reorder=1,delay=1,duplicate=1", 48_025),
    ];
    holds(Variant::PollingRelay, &alike);
    holds(Variant::LogTailingRelay, &alike);
    holds(Variant::PollingRelay, &[(2, 2, true, ANY, 183_012), (3, 2, true, ANY, 1_081_341)]);
    holds(Variant::LogTailingRelay, &[(2, 2, true, ANY, 130_088), (3, 2, true, ANY, 749_019)]);
}

/// The dual write, and what it takes to break it: a crash when the database comes first, nothing at all when the broker does.
#[test]
fn neither_order_of_a_dual_write_is_right() {
    let one = |variant, faults| every_order(&with(variant, 1, faults));
    assert_eq!(violated(&one(Variant::DatabaseFirst, "loss=1,duplicate=1,delay=1")), []);
    let lost = [(EVENT_MISSING, 4), (DELIVERED, 4), (APPLIED, 4)];
    assert_eq!(violated(&one(Variant::DatabaseFirst, "crash=1")), lost);
    assert_eq!(violated(&one(Variant::BrokerFirst, "")), [(EVENT_WITHOUT_ORDER, 3)]);
    assert_eq!(violated(&one(Variant::BrokerFirst, "crash=1")), [(EVENT_WITHOUT_ORDER, 3), (ORDER_MISSING, 11)]);
    let refused = |variant| every_order(&Scenario { refused: vec![1], ..with(variant, 1, "") });
    assert_eq!(violated(&refused(Variant::BrokerFirst)), [(EVENT_WITHOUT_ORDER, 3), (ORDER_MISSING, 10)]);
    assert_eq!(violated(&refused(Variant::DatabaseFirst)), []);
    assert_eq!(violated(&refused(Variant::PollingRelay)), []);
}

/// A safeguard, how it is switched off, with how many events and which faults that shows, and what breaks in how many steps.
type Needed = (&'static str, fn(&mut Safeguards), u8, &'static str, Vec<(&'static str, usize)>);

#[test]
fn each_safeguard_is_needed() {
    let lost = |steps| vec![(DELIVERED, steps), (APPLIED, steps)];
    let missing = |steps| vec![(EVENT_MISSING, steps), (DELIVERED, steps), (APPLIED, steps)];
    let cases: [Needed; 11] = [
        ("outbox_in_transaction", |it| it.outbox_in_transaction = false, 1, "crash=1", missing(4)),
        ("mark_after_publish", |it| it.mark_after_publish = false, 1, "crash=1", missing(5)),
        ("repeat_publish", |it| it.repeat_publish = false, 1, "loss=1", lost(4)),
        ("redeliver", |it| it.redeliver = false, 1, "loss=1", lost(8)),
        ("redeliver", |it| it.redeliver = false, 1, "crash=1", lost(10)),
        ("partition_by_key", |it| it.partition_by_key = false, 2, "", vec![(IN_ORDER, 17)]),
        ("inbox", |it| it.inbox = false, 1, "crash=1", vec![(ONCE, 16)]),
        ("inbox", |it| it.inbox = false, 1, "loss=1", vec![(ONCE, 16)]),
        ("inbox", |it| it.inbox = false, 1, "duplicate=1", vec![(ONCE, 11)]),
        ("inbox_in_transaction", |it| it.inbox_in_transaction = false, 1, "crash=1", vec![(APPLIED, 18)]),
        ("acknowledge_after_apply", |it| it.acknowledge_after_apply = false, 1, "crash=1", vec![(APPLIED, 11)]),
    ];
    for variant in [Variant::PollingRelay, Variant::LogTailingRelay] {
        for (name, off, events, faults, rules) in &cases {
            let mut scenario = with(variant, *events, faults);
            off(&mut scenario.safeguards);
            assert_eq!(&violated(&every_order(&scenario)), rules, "{variant:?} without {name}, {faults}");
            let on = Scenario { safeguards: Safeguards::default(), ..scenario };
            assert_eq!(violated(&every_order(&on)), [], "{variant:?} with {name}, {faults}");
        }
    }
}

/// A position waits for the event in front; marks are made as acknowledgements come. So the polling relay is a step longer at it.
#[test]
fn who_does_not_wait_is_overtaken_by_what_is_repeated() {
    for (variant, steps) in [(Variant::PollingRelay, 22), (Variant::LogTailingRelay, 21)] {
        let mut scenario = with(variant, 2, "loss=1");
        assert_eq!(violated(&every_order(&scenario)), []);
        scenario.safeguards.one_in_flight = false;
        assert_eq!(violated(&every_order(&scenario)), [(IN_ORDER, steps)], "{variant:?}");
        scenario.faults = Default::default();
        assert_eq!(violated(&every_order(&scenario)), [], "as long as nothing is lost");
    }
}

/// Numbers are given before the commit, so a higher one may be seen first. The log has the order of the commits.
#[test]
fn a_number_that_commits_late_is_never_seen_by_who_asks_for_higher_ones() {
    let mut scenario = Scenario { keys: 2, concurrent: true, ..with(Variant::PollingRelay, 2, "") };
    assert_eq!(violated(&every_order(&scenario)), []);
    scenario.safeguards.poll_unmarked = false;
    let found = every_order(&scenario);
    assert_eq!(violated(&found), [(EVENT_MISSING, 13), (DELIVERED, 13), (APPLIED, 13)]);
    let commits = |action: &&Action| matches!(action, Action::Commit(_));
    let broken = broken(&found, EVENT_MISSING);
    let order: Vec<_> = broken.schedule.actions.iter().filter(commits).collect();
    assert_eq!(order, [&Action::Commit(Event(2)), &Action::Commit(Event(1))]);
    assert_eq!(violated(&every_order(&Scenario { concurrent: false, ..scenario.clone() })), []);
    assert_eq!(violated(&every_order(&Scenario { variant: Variant::LogTailingRelay, ..scenario })), []);
}

#[test]
fn presets_come_to_what_they_say() {
    let expected: [(&str, u64, &[usize]); 12] = [
        ("order-without-event", 96, &[4, 4, 4]),
        ("event-without-order", 125, &[3, 11]),
        ("database-refuses", 21, &[3, 10]),
        ("polling-relay", 21_532, &[]),
        ("log-tailing-relay", 21_532, &[]),
        ("publish-then-crash", 227, &[16]),
        ("idempotent-consumer", 218, &[]),
        ("mark-then-crash", 117, &[5, 5, 5]),
        ("overtaken", 412, &[22]),
        ("competing-workers", 185, &[17]),
        ("gap-in-the-numbers", 362, &[13, 13, 13]),
        ("inbox-apart", 257, &[18]),
    ];
    assert_eq!(PRESETS.len(), expected.len());
    for (preset, (id, states, steps)) in PRESETS.iter().zip(expected) {
        assert_eq!(preset.id, id, "links carry it: it never changes");
        assert!(preset.idea.ends_with('.') && !preset.title.ends_with('.'), "{id}");
        let found = every_order(&preset.scenario());
        let rules: Vec<_> = preset.breaks.iter().copied().zip(steps.iter().copied()).collect();
        assert_eq!((violated(&found), found.states), (rules, states), "{id}");
        assert_eq!(preset.breaks.len(), steps.len(), "{id}");
        assert!(found.deadlock.is_none(), "{id}");
    }
}

/// What the explorer finds opens in the player, like any other tape.
#[test]
fn a_schedule_is_a_tape() {
    let scenario = Preset::find(PRESETS, "publish-then-crash").unwrap().scenario();
    let broken = broken(&every_order(&scenario), ONCE);
    let told = told::<Outbox>(&scenario, &broken.schedule.actions);
    let tape = filmed::<Outbox>(&scenario, &broken.schedule.picks);
    assert_eq!(tape.frames()[1..=16].iter().map(|frame| frame.note.plain()).collect::<Vec<_>>(), told);
    let crash = 1 + told.iter().position(|note| note.starts_with("The relay crashes.")).unwrap();
    let relay = |at| lane(&tape, at, "Relay").status;
    assert_eq!([crash - 1, crash, crash + 1].map(relay), [Up::Up, Up::Down, Up::Up]);
    assert_eq!(on_disk(&lane(&tape, 1, "Service")), [""; 0]);
    assert_eq!(on_disk(&lane(&tape, crash, "Service")), ["order A: changed (event 1)", "outbox: event 1"]);
    assert_eq!(on_disk(&lane(&tape, 16, "Consumer")), ["event 1 applied", "event 1 applied"]);
    let dual = seeded(Subject::Outbox(with(Variant::DatabaseFirst, 1, "")), 1);
    assert_eq!(dual.last().lanes.len(), 3, "no outbox, no relay");
}

#[test]
fn a_run_that_is_over_says_how_it_ended() {
    let tape = seeded(Subject::Outbox(with(Variant::PollingRelay, 2, "")), 1);
    assert_eq!(last_word(&tape), "Nothing is left to happen: 2 committed, 2 applied.");
    let dual = with(Variant::DatabaseFirst, 1, "crash=1");
    let picks = broken(&every_order(&dual), EVENT_MISSING).schedule.picks;
    assert_eq!(
        last_word(&filmed::<Outbox>(&dual, &picks)),
        "Nothing is left to happen. All is settled: order A is changed, and nobody will ever hear of event 1."
    );
}

#[test]
fn scenarios_that_make_no_sense_are_refused() {
    let refused = |scenario: Scenario| Outbox::new(&scenario).map(drop).unwrap_err();
    let usual = Scenario::default;
    assert_eq!(refused(Scenario { events: 0, ..usual() }), "the outbox takes 1 to 4 events, not 0");
    assert_eq!(refused(Scenario { events: 99, ..usual() }), "the outbox takes 1 to 4 events, not 99");
    assert_eq!(refused(Scenario { keys: 0, ..usual() }), "2 events have 1 to 2 keys, not 0");
    assert_eq!(refused(Scenario { keys: 3, ..usual() }), "2 events have 1 to 2 keys, not 3");
    let refuses = |event| Scenario { refused: vec![1, event], ..usual() };
    assert_eq!(refused(refuses(3)), "event 3 cannot be refused: there are events 1 to 2");
    assert_eq!(refused(refuses(0)), "event 0 cannot be refused: there are events 1 to 2");
    let mut faults = usual();
    faults.faults.loss = 200;
    assert_eq!(refused(faults), "loss takes a number from 0 to 9");
}

#[test]
fn a_scenario_is_plain_data() {
    let text = r#"{"variant": "log-tailing-relay", "safeguards": {"inbox": false}}"#;
    let scenario: Scenario = serde_json::from_str(text).unwrap();
    assert_eq!((scenario.variant, scenario.events, scenario.keys), (Variant::LogTailingRelay, 2, 1));
    assert!(!scenario.safeguards.inbox && scenario.safeguards.inbox_in_transaction);
    let text = serde_json::to_string(&scenario).unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), scenario);
    let wrong = serde_json::from_str::<Scenario>(r#"{"safeguard": {}}"#).unwrap_err().to_string();
    assert!(wrong.contains("unknown field `safeguard`"), "{wrong}");
}

prop_compose! {
    fn scenarios()(
        variant in prop::sample::select(vec![
            Variant::DatabaseFirst, Variant::BrokerFirst, Variant::PollingRelay, Variant::LogTailingRelay,
        ]),
        (events, keys) in (1_u8..=MOST).prop_flat_map(|events| (Just(events), 1..=events)),
        refused in prop::collection::vec(Just(1_u8), 0..2),
        faults in prop::array::uniform7(0_u8..4),
        switches: [bool; 11],
    ) -> Scenario {
        let [crash, loss, duplicate, reorder, delay, hold, partition] = faults;
        let [a, b, c, d, e, f, g, h, i, j, concurrent] = switches;
        Scenario {
            variant, events, keys, refused, concurrent,
            faults: interleave_protocols::Budget { crash, loss, duplicate, reorder, delay, hold, partition },
            safeguards: Safeguards {
                outbox_in_transaction: a, mark_after_publish: b, repeat_publish: c, one_in_flight: d, poll_unmarked: e, redeliver: f,
                partition_by_key: g, inbox: h, inbox_in_transaction: i, acknowledge_after_apply: j,
            },
        }
    }
}

proptest! {
    /// Whatever is switched off and goes wrong: no assertion of the model fails, a step without its note does what the step does, and what
    /// is offered depends on nothing but the state.
    #[test]
    fn any_scenario_can_be_played(scenario in scenarios(), seed: u64) {
        let mut machine = Outbox::new(&scenario).unwrap();
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
