//! Questions of every executed kind: what is found, and what is found to be wrong with them.

use interleave_answers::{Answer, Found, Way, answer, answer_all};
use interleave_course::{Question, deck};

/// A question of a kind; its fields beside those that all have.
fn question(kind: &str) -> Question {
    let text = format!("id = \"q\"\nlevel = \"mid\"\nstem = \"What?\"\nbecause = \"So it is.\"\n{kind}");
    deck::question(toml::from_str(&text).unwrap()).unwrap()
}

fn ask(kind: &str) -> Found {
    answer(&question(kind))
}

fn found(kind: &str) -> Answer {
    ask(kind).unwrap_or_else(|faults| panic!("{faults:?}")).expect("it is executed")
}

fn faults(kind: &str) -> Vec<String> {
    ask(kind).expect_err("something is wrong with it")
}

fn output(program: &str) -> String {
    format!("kind = \"output\"\nprogram = '''\n{program}'''\n")
}

fn printed(text: &str, exit: i32) -> Answer {
    Answer::Output { text: text.into(), exit }
}

/// A question about the order of some events.
fn order(of: &str, events: &[(&str, &str)]) -> String {
    let event = |(text, found): &(&str, &str)| format!("[[events]]\ntext = '{text}'\nfound = '{found}'\n");
    format!("kind = \"order\"\n{of}\n{}", events.iter().map(event).collect::<String>())
}

fn anomaly(settings: &str, options: &[&str]) -> String {
    let option = |text: &&str| format!("[[options]]\ntext = \"{text}\"\nreason = \"R\"\n");
    format!("kind = \"anomaly\"\n{settings}\n{}", options.iter().map(option).collect::<String>())
}

fn lab(lab: &str, preset: &str, goal: &str) -> String {
    format!("kind = \"lab\"\nlab = \"{lab}\"\npreset = \"{preset}\"\ngoal = \"{goal}\"\n")
}

#[test]
fn what_is_not_executed_has_no_answer_here() {
    let claim = "kind = \"true-false\"\nanswer = true\notherwise = \"No.\"\n";
    assert_eq!(ask(claim), Ok(None));
}

#[test]
fn a_program_prints() {
    let program = "setTimeout(() => console.log('timer'));\nprocess.nextTick(() => console.log('tick'));\n\
                   console.error('beside it');\nconsole.log('first');\n";
    assert_eq!(found(&output(program)), printed("first\ntick\ntimer\n", 0));
    let failing = "console.log('first');\nsetTimeout(() => { throw new Error('late'); });\n";
    assert_eq!(found(&output(failing)), printed("first\n", 1));
    assert_eq!(found(&output("console.log('first');\nprocess.exit(3);\n")), printed("first\n", 3));
    let module = "console.log(typeof require);\nawait null;\nconsole.log('awaited');\n";
    assert_eq!(found(&format!("{}module = true\n", output(module))), printed("undefined\nawaited\n", 0));
}

const COUNT: &str = "const { Pool } = require('pg');\nconst pool = new Pool();\n\
                     pool.query('SELECT count(*)::int AS n FROM cats').then(({ rows }) => {\n\
                     console.log(rows[0].n);\nreturn pool.end();\n}, (error) => {\nconsole.log(error.code);\nreturn pool.end();\n});\n";

#[test]
fn a_program_asks_its_database() {
    let schema = "schema = '''CREATE TABLE cats (name text); INSERT INTO cats VALUES ('Ada'), ('Bob');'''\n";
    assert_eq!(found(&(output(COUNT) + schema)), printed("2\n", 0));
    // Without a schema there is a database all the same, and it is empty.
    assert_eq!(found(&output(COUNT)), printed("42P01\n", 0));
    let wrong = faults(&(output(COUNT) + "schema = 'CREATE TABEL cats (name text);'\n"));
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].contains("syntax error at or near \"TABEL\""), "{wrong:?}");
}

#[test]
fn a_database_explains_itself() {
    let program = "const { Client } = require('pg');\nconst client = new Client();\nclient.connect()\n\
                   .then(() => client.query('EXPLAIN (COSTS OFF) SELECT * FROM cats'))\n\
                   .then(({ rows }) => { console.log(rows[0]['QUERY PLAN']); return client.end(); });\n";
    let schema = "schema = 'CREATE TABLE cats (name text);'\n";
    assert_eq!(found(&(output(program) + schema)), printed("Seq Scan on cats\n", 0));
}

#[test]
fn a_program_that_does_not_end_by_itself_is_no_question() {
    for (program, why) in [
        ("console.log(1);\nfor (;;);\n", "the program does not end by itself: "),
        ("console.log(1);\nsetInterval(() => {}, 1000);\n", "the program does not end by itself: "),
        ("console.log(1;\n", "the program cannot be compiled: line 1: "),
        ("const silent = 1;\n", "the program prints nothing to stdout, and exits with 0"),
        ("throw new Error('at once');\n", "the program prints nothing to stdout, and exits with 1"),
    ] {
        let faults = faults(&output(program));
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with(why), "{faults:?}");
    }
}

#[test]
fn what_is_printed_is_no_slip() {
    let slips = "[[slips]]\ntext = \"b\\na\"\nreason = \"R\"\n[[slips]]\ntext = \"\\na  \\nb\"\nreason = \"R\"\n";
    let program = output("console.log('a');\nconsole.log('b');\n");
    assert_eq!(faults(&(program.clone() + slips)), ["slip 2 is what the program prints: it is right, and not a slip"]);
    assert_eq!(found(&(program + "[[slips]]\ntext = \"A\\nB\"\nreason = \"R\"\n")), printed("a\nb\n", 0));
}

const THREE: &str = "program = '''setImmediate(() => console.log('check'));\nprocess.nextTick(() => console.log('tick'));\n\
                     console.log('main');\nconsole.log('twice');\nconsole.log('twice');'''";

#[test]
fn lines_are_put_in_order() {
    let events = [("check", ""), ("main", ""), ("tick", "")];
    assert_eq!(found(&order(THREE, &events)), Answer::Order(vec![1, 2, 0]));
}

#[test]
fn every_line_is_printed_once() {
    let events = [("never", ""), ("twice", ""), ("main", "")];
    assert_eq!(
        faults(&order(THREE, &events)),
        ["event 1: the program does not print “never”", "event 2: the program prints “twice” 2 times"]
    );
    let endless = "program = '''console.log('a'); console.log('b'); console.log('c'); for (;;);'''";
    let why = faults(&order(endless, &[("a", ""), ("b", ""), ("c", "")]));
    assert!(why[0].starts_with("the program does not end by itself: "), "{why:?}");
}

#[test]
fn a_lab_tells_in_which_order_things_happen() {
    let of = "lab = 'saga'\npreset = 'charged-twice'";
    let [shipped, charged, doubled] =
        [("S", "does “ship” for saga 1"), ("C", "does “charge card”"), ("D", "becomes two")];
    assert_eq!(found(&order(of, &[shipped, charged, doubled])), Answer::Order(vec![2, 1, 0]));
    let of = "lab = 'event-loop'\npreset = 'queues'";
    // With its marks, and without them.
    let [timer, tick, settled] = [("T", "`late` is due"), ("P", "The tick queue is empty"), ("S", "settled becomes")];
    assert_eq!(found(&order(of, &[timer, tick, settled])), Answer::Order(vec![2, 1, 0]));
    let of = "lab = 'locking'\npreset = 'deadlock'";
    let events = [("B", "Bob waits."), ("C", "Bob commits"), ("A", "Alice waits."), ("F", "deadlock detected")];
    assert_eq!(found(&order(of, &events)), Answer::Order(vec![2, 0, 3, 1]));
    let of = |preset: &str| format!("lab = 'event-loop'\npreset = '{preset}'");
    let race = [("I", "**It prints** `immediate`"), ("T", "**It prints** `timeout`"), ("E", "The process ends")];
    assert_eq!(found(&order(&of("timeout-or-immediate"), &race)), Answer::Order(vec![1, 0, 2]));
    assert_eq!(found(&order(&of("timeout-or-immediate-slow"), &race)), Answer::Order(vec![0, 1, 2]));
}

#[test]
fn every_event_has_a_frame_of_its_own() {
    let of = "lab = 'saga'\npreset = 'charged-twice'";
    let events = [("A", "does “charge card”"), ("B", "the shop burns"), ("C", "The payment service does")];
    assert_eq!(
        faults(&order(of, &events)),
        ["event 2: no frame says “the shop burns”", "events 1 and 3 are in the same frame, 13"]
    );
    let capital = [("A", "Becomes two"), ("B", "does “ship”"), ("C", "does “charge card”")];
    assert_eq!(faults(&order(of, &capital)), ["event 1: no frame says “Becomes two”"]);
    let wrong = |lab: &str, preset: &str| faults(&order(&format!("lab = '{lab}'\npreset = '{preset}'"), &events));
    assert_eq!(wrong("saga", "none"), ["the lab saga has no preset “none”"]);
    assert_eq!(wrong("locking", "index"), ["the lab locking has no preset “index”"]);
    assert_eq!(wrong("event-loop", "queues-slow"), ["the lab event-loop has no preset “queues-slow”"]);
    assert_eq!(
        wrong("tango", "none"),
        [
            "there is no lab “tango” to see what happens first in; there are event-loop, locking and two-phase-commit, saga, \
          choreographed-saga, outbox"
        ]
    );
}

#[test]
fn a_schedule_has_a_name() {
    let all = ["none", "lost update", "deadlock", "write skew"];
    let verdict = |settings: &str| match found(&anomaly(settings, &all)) {
        Answer::Option(at) => all[at],
        other => panic!("{other:?}"),
    };
    assert_eq!(verdict("preset = 'lost-update'"), "lost update");
    assert_eq!(verdict("preset = 'lost-update'\nschedule = 'AAAABBBB'"), "none");
    assert_eq!(verdict("preset = 'lost-update'\nisolation = 'repeatable read'"), "none");
    // Of two sessions in a circle one is rolled back, and the rest is serialisable: the circle is what it is called by.
    assert_eq!(verdict("preset = 'deadlock'"), "deadlock");
    assert_eq!(verdict("preset = 'write-skew'\nisolation = 'repeatable read'"), "write skew");
    assert_eq!(verdict("preset = 'write-skew'\nisolation = 'serializable'"), "none");
}

#[test]
fn a_schedule_that_cannot_be_named_so_is_no_question() {
    let options = ["none", "lost update"];
    let faults = |settings: &str| faults(&anomaly(settings, &options));
    assert_eq!(faults("preset = 'deadlock'"), ["the verdict of the run is “deadlock”, which is none of the options"]);
    assert_eq!(faults("preset = 'nothing'"), ["the lab locking has no preset “nothing”"]);
    assert_eq!(
        faults("preset = 'lost-update'\nisolation = 'chaos'"),
        ["there is no isolation level “chaos”: read committed, repeatable read, serializable"]
    );
    assert_eq!(
        faults("preset = 'lost-update'\nschedule = 'ABC'"),
        ["the schedule names a session that is not there: there are 2, from A on"]
    );
    let misspelt = ask(&anomaly("preset = 'lost-update'", &["none", "lost updates", "lost update"])).unwrap_err();
    assert_eq!(misspelt.len(), 1, "{misspelt:?}");
    assert!(misspelt[0].starts_with("“lost updates” is no name of an anomaly: dirty write, dirty read, "));
}

#[test]
fn a_goal_is_reached_by_another_order() {
    let schedule = |letters: &str| Answer::Reach(Way::Schedule(letters.into()));
    assert_eq!(found(&lab("locking", "deadlock", "none")), schedule("AAAABBBB"));
    assert_eq!(found(&lab("locking", "non-repeatable-read", "none")), schedule("AAAAB"));
}

#[test]
fn a_goal_has_to_be_out_of_reach_and_reachable() {
    let locking = |preset: &str, goal: &str| faults(&lab("locking", preset, goal));
    assert_eq!(
        locking("deadlock", "deadlock"),
        ["the preset deadlock shows “deadlock” as it stands: there is nothing to do"]
    );
    assert_eq!(
        locking("deadlock-ordered", "deadlock"),
        ["no order of the statements of deadlock-ordered comes to “deadlock”"]
    );
    assert_eq!(locking("phantom", "broken"), ["the preset phantom has no rule that could be broken"]);
    assert_eq!(locking("nothing", "none"), ["the lab locking has no preset “nothing”"]);
    assert!(locking("deadlock", "livelock")[0].starts_with("there is no goal “livelock” in locking; there are: dirty"));
    assert_eq!(
        faults(&lab("event-loop", "queues", "none")),
        [
            "there is no goal to reach in “event-loop”, but in locking and two-phase-commit, saga, choreographed-saga, outbox"
        ]
    );
}

/// A goal in an order in which the lab opens.
fn from(opening: &str, preset: &str, goal: &str) -> String {
    format!("{}schedule = \"{opening}\"\n", lab("locking", preset, goal))
}

#[test]
fn what_a_preset_shows_is_brought_about_from_another_order() {
    let schedule = |letters: &str| Answer::Reach(Way::Schedule(letters.into()));
    assert_eq!(found(&from("AAAABBBB", "deadlock", "deadlock")), schedule("AABBABAB"));
    assert_eq!(found(&from("bbbb aaaa", "deadlock", "deadlock")), schedule("AABBABAB"));
    assert_eq!(found(&from("AAAABBBB", "lost-update", "lost update")), schedule("AAABBABB"));
    assert_eq!(found(&from("AAABBB", "write-skew", "write skew")), schedule("AABBAB"));
    assert_eq!(found(&from("AAABBB", "write-skew", "broken")), schedule("AABBAB"));
    assert_eq!(found(&from("AAAAB", "non-repeatable-read", "non-repeatable read")), schedule("AABAA"));
    assert_eq!(found(&from("AAAABBBB", "read-skew", "read skew")), schedule("AABBBBAA"));
    // Where nothing has to be said the order is the preset's own.
    assert_eq!(found(&from(" ", "deadlock", "none")), schedule("AAAABBBB"));
}

#[test]
fn an_order_to_open_with_has_each_statement_once_and_not_the_goal() {
    let from = |opening: &str, goal: &str| faults(&from(opening, "deadlock", goal));
    let nobody = "the schedule names a session that is not there: there are 2, from A on";
    assert_eq!(from("AAAABBBC", "deadlock"), [nobody]);
    assert_eq!(from("AAAA,BBBB", "deadlock"), [nobody]);
    assert_eq!(from("AAAABBBBÄ", "deadlock"), [nobody]);
    assert_eq!(from("AAABBBB", "deadlock"), ["the schedule has 3 × A, but Alice has 4 statements"]);
    assert_eq!(from("AAAABBBBB", "deadlock"), ["the schedule has 5 × B, but Bob has 4 statements"]);
    assert_eq!(from("AAAA", "deadlock"), ["the schedule has 0 × B, but Bob has 4 statements"]);
    let nothing = |goal: &str| {
        [format!("the preset deadlock shows “{goal}” in the order in which it opens: there is nothing to do")]
    };
    assert_eq!(from("BABAABAB", "deadlock"), nothing("deadlock"));
    assert_eq!(from("BBBBAAAA", "none"), nothing("none"));
    assert_eq!(from("AAAABBBB", "write skew"), ["no order of the statements of deadlock comes to “write skew”"]);
    let misplaced = format!("{}schedule = \"AB\"\n", lab("outbox", "publish-then-crash", "no event is applied twice"));
    assert_eq!(faults(&misplaced), ["outbox has no statements to be put in an order: a schedule is for locking"]);
}

#[test]
fn a_rule_is_broken_by_picks() {
    let picks = |picks: &[u16]| Answer::Reach(Way::Picks(picks.into()));
    assert_eq!(
        found(&lab("saga", "charged-twice", "no charge without an order")),
        picks(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0])
    );
    assert_eq!(
        found(&lab("outbox", "mark-then-crash", "every committed event is delivered at least once")),
        picks(&[0, 0, 0, 7, 0])
    );
    let Answer::Reach(Way::Picks(way)) =
        found(&lab("two-phase-commit", "impatient", "no participant commits while another aborts"))
    else {
        panic!("it is picked");
    };
    assert_eq!(way.len(), 15);
    let person = "every order ends completed, cancelled or in a person's hands";
    assert!(matches!(found(&lab("choreographed-saga", "who-knows", person)), Answer::Reach(Way::Picks(_))));
    // It goes round for ever, and the lab has to see a second round to say so.
    let outcome = "every participant learns the outcome";
    assert!(matches!(found(&lab("two-phase-commit", "cooperative", outcome)), Answer::Reach(Way::Picks(_))));
}

#[test]
fn a_rule_has_to_be_kept_and_breakable() {
    let rule = "no charge without an order";
    assert_eq!(faults(&lab("saga", "crash-anywhere", rule)), [format!("no order breaks “{rule}”")]);
    assert_eq!(faults(&lab("saga", "nothing", rule)), ["the lab saga has no preset “nothing”"]);
    let unknown = faults(&lab("saga", "charged-twice", "No charge without an order"));
    assert!(unknown[0].starts_with("there is no rule “No charge without an order”; there are: "), "{unknown:?}");
    assert!(unknown[0].contains("no charge without an order; "), "{unknown:?}");
    assert_eq!(
        faults(&lab("saga", "charged-twice", "an order can be completed")),
        ["“an order can be completed” says what must be possible: no single run can break it"]
    );
}

#[test]
fn a_rule_that_is_broken_by_doing_nothing_is_no_goal() {
    let idle =
        |preset: &str, rule: &str| [format!("{preset} breaks “{rule}” when it simply runs on: there is nothing to do")];
    let stock = "stock is never lost or oversold";
    assert_eq!(faults(&lab("saga", "shelf-and-parcel", stock)), idle("shelf-and-parcel", stock));
    let dirty = "nobody is turned away for an item that comes back";
    assert_eq!(faults(&lab("saga", "turned-away", dirty)), idle("turned-away", dirty));
    let early = "no event without a committed order";
    assert_eq!(faults(&lab("outbox", "event-without-order", early)), idle("event-without-order", early));
    // That the preset’s own story breaks it is no matter: the lab opens calmly.
    let settled = "no event without its order when settled";
    let way = Answer::Reach(Way::Picks(vec![0, 0, 0, 0, 0, 1, 1, 1, 1, 4, 0]));
    assert_eq!(found(&lab("outbox", "event-without-order", settled)), way);
}

#[test]
fn what_may_go_wrong_on_the_way_is_for_the_question_to_say() {
    let charged =
        |faults: &str| format!("{}faults = \"{faults}\"\n", lab("saga", "charged-twice", "no charge without an order"));
    let picks = |picks: &[u16]| Answer::Reach(Way::Picks(picks.into()));
    assert_eq!(found(&charged("duplicate=1")), picks(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0]));
    // The crash is the eighth of what may happen there by hand, the second of what the budget allows.
    let crashed = picks(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 1, 0, 1, 0]);
    assert_eq!(found(&charged("crash=1")), crashed);
    assert_eq!(found(&charged("crash")), crashed);
    assert_eq!(faults(&charged("hold=1")), ["no order breaks “no charge without an order”"]);
    assert_eq!(faults(&charged("crash=10")), ["crash takes a number from 0 to 9, not 10"]);
    assert!(faults(&charged("fire=1"))[0].starts_with("there is no fault fire; there are crash, loss, "));
    let elsewhere = format!("{}faults = \"loss=1\"\n", lab("locking", "deadlock", "none"));
    assert_eq!(
        faults(&elsewhere),
        ["nothing is made to fail in locking: faults are for two-phase-commit, saga, choreographed-saga, outbox"]
    );
    let partition = "faults = \"partition=1\"\n";
    let person = "every order ends completed, cancelled or in a person's hands";
    assert_eq!(
        faults(&format!("{}{partition}", lab("choreographed-saga", "who-knows", person))),
        ["there is no fault partition in this lab"]
    );
}

#[test]
fn many_are_answered_in_their_order() {
    // So deeply nested that a thread of the usual size has no room for it.
    let deep = format!("console.log({}1{});\n", "(".repeat(2_000), ")".repeat(2_000));
    let endless = output("for (;;);\n");
    let kinds = [output(&deep), endless, lab("locking", "deadlock", "none"), output("console.log(2);\n")];
    let questions: Vec<_> = kinds.iter().map(|kind| question(kind)).collect();
    let found = answer_all(&questions, None);
    assert_eq!(found.len(), 4);
    assert_eq!(found[0], Ok(Some(printed("1\n", 0))));
    assert!(found[1].is_err());
    assert_eq!(found[2], Ok(Some(Answer::Reach(Way::Schedule("AAAABBBB".into())))));
    assert_eq!(found[3], Ok(Some(printed("2\n", 0))));
    assert_eq!(answer_all(&questions, None), found, "the same every time");
    assert_eq!(answer_all(&[], None), []);
}

#[test]
fn an_answer_is_plain_data() {
    let written = |answer: &Answer| serde_json::to_string(answer).unwrap();
    assert_eq!(written(&printed("a\n", 1)), r#"{"Output":{"text":"a\n","exit":1}}"#);
    assert_eq!(written(&Answer::Order(vec![1, 0])), r#"{"Order":[1,0]}"#);
    assert_eq!(written(&Answer::Option(2)), r#"{"Option":2}"#);
    assert_eq!(written(&Answer::Reach(Way::Schedule("ABBA".into()))), r#"{"Reach":{"Schedule":"ABBA"}}"#);
    assert_eq!(written(&Answer::Reach(Way::Picks(vec![0, 3]))), r#"{"Reach":{"Picks":[0,3]}}"#);
}
