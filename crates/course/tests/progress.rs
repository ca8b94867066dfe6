//! What is kept on the device: nothing is lost by merging, and nothing that is read breaks anything.

use interleave_course::memory::{Card, DAY, MINUTE, Moment, Rating, Scheduler, State};
use interleave_course::progress::{
    Day, Draft, Imported, Progress, Record, RecordId, Session, Stored, Writer, import, in_short,
};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

use Rating::{Again, Easy, Good, Hard};

/// 2023-11-14, 22:13 UTC.
const START: i64 = 1_700_000_000_000;
/// Later than everything here.
const NOW: i64 = START + 4000 * DAY;

fn moment(at: i64) -> Moment {
    Moment { at, offset: 60 }
}

fn answer(writer: &mut Writer, question: &str, rating: Rating, at: i64) -> Record {
    writer.record(moment(at), question, rating, Session::Review)
}

/// A few answers of two devices.
fn sample() -> Progress {
    let mut progress = Progress::default();
    let (mut here, mut there) = (progress.writer(0x1f3a_9c02, 7), progress.writer(5, 5));
    for (at, question) in ["sagas-1", "sagas-2", "locks-1"].into_iter().enumerate() {
        let record = answer(&mut here, question, Good, START + at as i64 * MINUTE);
        let record = Record { right: Some(true), said: "b, “c”\n".to_string(), took: Some(5321), ..record };
        assert_eq!(progress.add(record), Ok(true));
    }
    progress.add(answer(&mut there, "sagas-1", Again, START + DAY)).unwrap();
    let state = json!({ "answers": [null, 2.5], "left": "“90 s”" });
    progress.save_draft(Draft::new(Session::Exam, "exam-1", START, &state).unwrap()).unwrap();
    progress.save_draft(Draft::closed(Session::Interview, "pool", START)).unwrap();
    progress
}

fn read(text: &str) -> Imported {
    import(text.as_bytes(), NOW).unwrap()
}

fn told(imported: &Imported) -> Vec<String> {
    imported.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_file() {
    let progress = sample();
    let text = progress.export();
    assert_eq!(
        text,
        r#"{"format":"interleave-progress","version":2,
"records":[
{"id":"00000005-00000005-0","question":"sagas-1","at":1700086400000,"day":19676,"rating":"again","session":"review"},
{"id":"1f3a9c02-00000007-0","question":"sagas-1","at":1700000000000,"day":19675,"rating":"good","right":true,"said":"b, “c”\n","took":5321,"session":"review"},
{"id":"1f3a9c02-00000007-1","question":"sagas-2","at":1700000060000,"day":19675,"rating":"good","right":true,"said":"b, “c”\n","took":5321,"session":"review"},
{"id":"1f3a9c02-00000007-2","question":"locks-1","at":1700000120000,"day":19675,"rating":"good","right":true,"said":"b, “c”\n","took":5321,"session":"review"}
],
"carried":[],
"drafts":[
{"kind":"exam","name":"exam-1","saved":1700000000000,"state":{"answers":[null,2.5],"left":"“90 s”"}},
{"kind":"interview","name":"pool","saved":1700000000000,"state":null}
]}
"#
    );
    let again = read(&text);
    assert_eq!((again.kept, again.dropped, &*again.faults, again.version), (6, 0, &[][..], 2));
    assert_eq!(again.progress, progress);
    assert_eq!(again.progress.export(), text);
    assert_eq!(read(&Progress::default().export()).progress, Progress::default());
}

#[test]
fn a_store_keeps_each_row_by_itself() {
    let mut progress = sample();
    progress.merge(read(FIRST).progress);
    let mut rows: Vec<_> = progress.stored().collect();
    rows.reverse();
    let restored = Progress::restore(rows.clone(), 2, NOW);
    assert_eq!((restored.kept, restored.dropped), (9, 0));
    assert_eq!(restored.progress, progress);
    rows.sort();
    assert!(rows.windows(2).all(|rows| rows[0].key < rows[1].key), "no two rows have the same key");
    // What cannot be read is said and left alone.
    rows[4].json.truncate(20);
    rows.push(Stored { key: "x".repeat(1000), json: String::new() });
    let restored = Progress::restore(rows, 2, NOW);
    assert_eq!((restored.kept, restored.dropped), (8, 2), "{:?}", told(&restored));
    assert_eq!(told(&restored)[0], "line 5: drafts/interview/pool: EOF while parsing a value");
    assert!(told(&restored)[1].contains("is not known to version 2"));
}

#[test]
fn ids() {
    for id in
        ["", "1f3a9c02-00b7e441", "1F3A9C02-00b7e441-1", "+f3a9c02-00b7e441-1", "1f3a9c02-00b7e441-01", "a-b-1", "ä"]
    {
        assert!(RecordId::try_from(id.to_string()).is_err(), "{id}");
    }
    let id = RecordId { device: 1, tab: u32::MAX, sequence: 0 };
    assert_eq!(RecordId::try_from(id.to_string()), Ok(id));
}

#[test]
fn two_tabs_at_once_lose_nothing() {
    let start = sample();
    let (mut left, mut right) = (start.clone(), start.clone());
    let (mut left_tab, mut right_tab) = (start.writer(1, 1), start.writer(1, 2));
    for turn in 0..10 {
        left.add(answer(&mut left_tab, "sagas-1", Good, START + 2 * DAY + turn)).unwrap();
        right.add(answer(&mut right_tab, "sagas-1", Hard, START + 2 * DAY + turn)).unwrap();
    }
    let merged = left.merge(right);
    assert_eq!((merged.new, merged.differing), (10, 0));
    assert_eq!(left.studied("sagas-1").unwrap().answers, 22);
    assert_eq!(left.history("sagas-1").count(), 22);
    assert!(left.history("sagas-1").map(|record| record.at).is_sorted());
    // A tab whose number was drawn before goes on where it stopped.
    let record = answer(&mut left.writer(1, 2), "sagas-1", Good, START + 3 * DAY);
    assert_eq!(record.id.sequence, 10);
}

#[test]
fn the_card_of_a_question_is_that_of_its_answers() {
    let progress = sample();
    let scheduler = Scheduler::default();
    let card = scheduler.review(&Card::new(0), Good, START);
    let card = scheduler.review(&card, Again, START + DAY);
    let studied = progress.studied("sagas-1").unwrap();
    assert_eq!(studied.card, card);
    assert_eq!((studied.answers, studied.right, studied.took, studied.last), (2, 1, 5321, START + DAY));
    assert_eq!(progress.studied("sagas-9"), None);
}

#[test]
fn the_same_answer_twice_is_one_and_another_one_of_its_id_is_settled_the_same_everywhere() {
    let mut progress = sample();
    let record = progress.records().next().unwrap().clone();
    assert_eq!(progress.add(record.clone()), Ok(false));
    let other = Record { question: "locks-1".to_string(), day: record.day - 1, ..record.clone() };
    let mut swapped = Progress::default();
    swapped.add(other.clone()).unwrap();
    assert_eq!(swapped.merge(progress.clone()).differing, 1);
    progress.add(other).unwrap();
    assert_eq!(progress, swapped);
    assert_eq!(read(&progress.export()).progress, progress);
    assert_eq!(progress.records().count(), 4);
}

#[test]
fn impossible_records_are_refused() {
    let good = sample().records().next().unwrap().clone();
    let refused = |change: fn(&mut Record)| {
        let mut record = good.clone();
        change(&mut record);
        Progress::default().add(record).unwrap_err()
    };
    assert!(refused(|record| record.question = " ".into()).contains("its question is empty"));
    assert!(refused(|record| record.question = "q".repeat(201)).contains("201 bytes"));
    assert!(refused(|record| record.question = "a\u{fffd}".into()).contains("damaged"));
    assert!(refused(|record| record.at = -1).contains("before the year 2000"));
    assert!(refused(|record| record.at = 253_402_300_799_000).contains("in the future"));
    assert!(refused(|record| record.at = i64::MAX).contains("in the future"));
    assert!(refused(|record| record.day = i32::MIN).contains("is not the day"));
    assert!(refused(|record| record.took = Some(u32::MAX)).contains("more than a day"));
    assert!(refused(|record| record.said = "x".repeat(501)).contains("501 bytes"));
    assert_eq!(in_short("short"), "short");
    let short = in_short(&"ä".repeat(400));
    assert!(short.len() <= 500 && short.ends_with("ä…"));
}

#[test]
fn drafts() {
    let mut progress = Progress::default();
    let save = |progress: &mut Progress, at: i64, state: i32| {
        progress.save_draft(Draft::new(Session::Exam, "mixed", at, &state).unwrap()).unwrap();
    };
    save(&mut progress, START + 2, 2);
    save(&mut progress, START + 1, 1);
    assert_eq!(progress.draft(Session::Exam, "mixed").unwrap().state(), Ok(2));
    assert!(progress.draft(Session::Exam, "mixed").unwrap().state::<String>().is_err());
    assert_eq!(progress.draft(Session::Interview, "mixed"), None);
    let old = progress.clone();
    progress.save_draft(Draft::closed(Session::Exam, "mixed", START + 2)).unwrap();
    assert_eq!(progress.drafts().count(), 0);
    // A device that has not heard of it does not open it again.
    progress.merge(old);
    assert_eq!(progress.draft(Session::Exam, "mixed"), None);
    // The state is kept to the byte, whatever is in it; blanks between its tokens are not part of it.
    let odd = r#"{"format":"interleave-progress","version":2,"drafts":[
        {"kind":"study","name":"a","saved":1700000000000,"state": { "x" : [ 1.10, 1e400, "a \" b\\" ] }}]}"#;
    let text = read(odd).progress.export();
    assert!(text.contains(r#""state":{"x":[1.10,1e400,"a \" b\\"]}"#), "{text}");
    assert_eq!(read(&text).progress.export(), text);
    assert!(progress.save_draft(Draft::new(Session::Exam, "", START, &1).unwrap()).is_err());
    assert!(progress.save_draft(Draft::new(Session::Exam, "a", START, &"x".repeat(2 << 20)).unwrap()).is_err());
}

const FIRST: &str = r#"{"format":"interleave-progress","version":1,"device":"1f3a9c02","questions":{
"sagas-1":{"answers":7,"right":5,"last":1700000000000,
 "card":{"state":"review","stability":12.34567891,"difficulty":5.1,"due":1701000000000,"lapses":1}},
"sagas-2":{"answers":1,"right":0,"last":1700000000000,"card":{"state":"learning","step":1,"stability":0.212,"difficulty":6.4133,"due":1700000060000}},
"locks-1":{"answers":2,"right":2,"last":1700000000000}}}"#;

#[test]
fn the_first_version_is_carried_over() {
    let first = read(FIRST);
    assert_eq!((first.version, first.kept, first.dropped), (1, 3, 0), "{:?}", told(&first));
    let mut progress = first.progress;
    let studied = progress.studied("sagas-1").unwrap();
    assert_eq!((studied.answers, studied.right, studied.last), (7, 5, START));
    let card = studied.card;
    assert_eq!((card.state, card.due, card.reviewed, card.lapses), (State::Review, 1_701_000_000_000, Some(START), 1));
    assert_eq!((card.memory.unwrap().stability, card.memory.unwrap().difficulty), (12.34567891, 5.1));
    assert_eq!(progress.studied("sagas-2").unwrap().card.state, State::Learning(1));
    assert_eq!(progress.studied("locks-1").unwrap().card.state, State::New);

    // It is written as version 2, and read to the same; to read the old file once more changes nothing.
    let text = progress.export();
    assert_eq!(read(&text).progress, progress);
    assert_eq!(read(&text).progress.export(), text);
    progress.merge(read(FIRST).progress);
    assert_eq!(progress.export(), text);
    // A later file of that device has all that this one has; one of another device has other answers.
    let later =
        FIRST.replace(r#""answers":7,"right":5,"last":1700000000000"#, r#""answers":9,"right":6,"last":1700500000000"#);
    progress.merge(read(&later).progress);
    assert_eq!(progress.studied("sagas-1").unwrap().answers, 9);
    progress.merge(read(&FIRST.replace("1f3a9c02", "2")).progress);
    let studied = progress.studied("sagas-1").unwrap();
    assert_eq!((studied.answers, studied.card.lapses, studied.card.reviewed), (16, 2, Some(1_700_500_000_000)));
    // New answers go on from there.
    let mut writer = progress.writer(1, 1);
    progress.add(answer(&mut writer, "sagas-1", Good, 1_701_000_000_000)).unwrap();
    let studied = progress.studied("sagas-1").unwrap();
    assert_eq!(studied.answers, 17);
    assert!(studied.card.memory.unwrap().stability > 12.4);
}

#[test]
fn what_is_no_progress_is_refused_with_a_sentence() {
    let refused = |text: &str| import(text.as_bytes(), NOW).unwrap_err().to_string();
    let foreign = "line 1: this is no progress of Interleave: its “format” is not “interleave-progress”";
    assert_eq!(refused(r#"{"name":"package","version":"1.0.0","dependencies":{}}"#), foreign);
    assert_eq!(refused("{}"), foreign);
    assert_eq!(refused(""), format!("{foreign} (EOF while parsing a value)"));
    assert_eq!(refused("[1,2]"), format!("{foreign} (invalid type: sequence, expected an object)"));
    assert_eq!(refused("\n\nPK\u{3}\u{4}"), foreign.replace("line 1", "line 3") + " (expected value)");
    assert!(refused(r#"{"format":"interleave-progress"}"#).contains("does not say which version"));
    assert!(refused(r#"{"format":"interleave-progress","version":0}"#).contains("never was"));
    assert!(refused(r#"{"format":"interleave-progress","version":-2}"#).contains("never was"));
    assert!(refused(r#"{"format":"interleave-progress","version":"2"}"#).contains("never was"));
    assert!(refused(r#"{"format":"interleave-progress","version":3}"#).contains("newer Interleave (version 3"));
    assert!(refused(&"[".repeat(100_000)).contains(foreign));
    assert!(import(&vec![b' '; (64 << 20) + 1], NOW).unwrap_err().message.contains("are the most that are read"));
}

#[test]
fn of_a_damaged_file_the_good_records_are_kept() {
    let text = sample().export();
    // Cut off, in a record and between two of them.
    let cut = read(&text[..text.find("\"day\":19675").unwrap()]);
    assert_eq!((cut.kept, cut.dropped), (1, 1));
    assert_eq!(told(&cut), ["line 4: the file is damaged here: EOF while parsing an object"]);
    let cut = read(&text[..text.find("{\"id\":\"1f3a9c02-00000007-2").unwrap()]);
    assert_eq!((cut.kept, cut.dropped), (3, 0));
    // A record in the middle is broken, in three ways.
    for (from, to) in [
        ("\"question\":\"sagas-2\"", "\"question\":\"sagas-2"),
        ("-1\",", "-1\""),
        ("5321,\"session\":\"review\"}", "5321"),
    ] {
        let at = text.find("{\"id\":\"1f3a9c02-00000007-1").unwrap();
        let broken = format!("{}{}", &text[..at], text[at..].replacen(from, to, 1));
        let broken = read(&broken);
        assert_eq!((broken.kept, broken.dropped), (5, 1), "{from}: {:?}", told(&broken));
        assert!(broken.progress.studied("sagas-2").is_none() && broken.progress.studied("locks-1").is_some());
        assert!(broken.progress.draft(Session::Exam, "exam-1").is_some());
        assert!(told(&broken)[0].contains("the file is damaged here"));
    }
    // Bytes that are no text.
    let mut bytes = text.clone().into_bytes();
    let at = text.find("sagas-2").unwrap();
    bytes[at..at + 2].copy_from_slice(&[0xff, 0xfe]);
    let odd = import(&bytes, NOW).unwrap();
    assert_eq!((odd.kept, odd.dropped), (5, 1));
    assert_eq!(told(&odd), ["line 5: records 3: its question has characters that are damaged"]);
    // Another program has written it on one line, and it was cut off.
    let one_line = text.replace('\n', "");
    assert_eq!(read(&one_line).progress, sample());
    let cut = read(&one_line[..one_line.len() - 300]);
    assert_eq!((cut.kept, cut.dropped), (3, 1));
    // And marks at the beginning, as Windows writes them.
    assert_eq!(read(&format!("\u{feff}{text}")).progress, sample());
    assert_eq!(read(&text.replace('\n', "\r\n")).progress, sample());
}

#[test]
fn what_cannot_be_is_left_out_and_counted() {
    let good = r#"{"id":"00000005-00000005-0","question":"q","at":1700086400000,"day":19676,"rating":"again","session":"review"}"#;
    let with = |from: &str, to: &str| {
        let row = good.replacen(from, to, 1);
        assert_ne!(row, good);
        let other = good.replace("-0\"", "-9\"");
        let imported =
            read(&format!("{{\"format\":\"interleave-progress\",\"version\":2,\"records\":[\n{row},\n{other}]}}"));
        assert_eq!((imported.kept, imported.dropped), (1, 1), "{to}");
        told(&imported).concat()
    };
    assert_eq!(
        with("1700086400000", "253402300799000"),
        "line 2: records 1: its time, 253402300799000, is in the future (milliseconds since 1970)"
    );
    assert!(with("1700086400000", &(NOW + 3 * DAY).to_string()).contains("is in the future"));
    assert!(with("1700086400000", "-5").contains("before the year 2000"));
    assert!(with("1700086400000", "1e12").contains("invalid type: floating point"));
    assert!(with("1700086400000", "99999999999999999999").contains("line 2: records 1: "));
    assert!(with("1700086400000", "null").contains("invalid type: null"));
    assert!(with("\"again\"", "\"perfect\"").contains("unknown variant `perfect`"));
    assert!(with("\"q\"", "[\"q\"]").contains("invalid type: sequence"));
    assert!(with("\"question\":\"q\",", "").contains("missing field `question`"));
    assert!(with("00000005-0\"", "00000005-x\"").contains("is no id of a record"));
    assert!(with(good, "7").contains("records 1: "));
    assert!(with(good, &format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))).contains("records 1: "));

    // NaN is no JSON: what is behind it is found again.
    let text = format!(
        "{{\"format\":\"interleave-progress\",\"version\":2,\n\"records\":[\n{},\n{good}\n]}}",
        good.replace("19676", "NaN")
    );
    assert_eq!((read(&text).kept, read(&text).dropped), (1, 1));
    let strange = r#"{"format":"interleave-progress","version":2,"records":{"a":1},"songs":[1,2],"carried":[{"device":1,"question":"q",
        "at":1700000000000,"answers":2,"right":3}],"x":null}"#;
    let strange = read(strange);
    assert_eq!((strange.kept, strange.dropped), (0, 4));
    assert!(told(&strange).concat().contains("“songs” is not known to version 2"));
}

#[test]
fn cards_that_cannot_be_are_left_out() {
    for (from, to) in [
        ("12.34567891", "-1"),
        ("12.34567891", "1e300"),
        ("12.34567891", "1e999"),
        ("\"difficulty\":5.1", "\"difficulty\":11"),
        ("\"state\":\"review\"", "\"state\":\"new\""),
        ("\"answers\":7", "\"answers\":4000000000"),
        ("\"right\":5", "\"right\":8"),
        ("1701000000000", "1"),
        ("1701000000000", "9223372036854775807"),
        ("\"lapses\":1", "\"lapses\":4294967295"),
        ("\"step\":1", "\"step\":1000"),
    ] {
        let imported = read(&FIRST.replacen(from, to, 1));
        assert_eq!((imported.kept, imported.dropped), (2, 1), "{from} → {to}: {:?}", told(&imported));
        assert!(!imported.faults.is_empty());
    }
}

#[test]
fn bombs() {
    // A million entries that are no records.
    let bomb =
        format!("{{\"format\":\"interleave-progress\",\"version\":2,\"records\":[{}0]}}", "0,".repeat(1_000_000));
    let imported = read(&bomb);
    assert_eq!((imported.kept, imported.dropped), (0, 1_000_001));
    assert_eq!(imported.faults.len(), 21);
    // Many parts, and a row that is long.
    let parts: String = (0..10_000).map(|part| format!("\"p{part}\":[],")).collect();
    let bomb = format!(
        "{{\"format\":\"interleave-progress\",\"version\":2,{parts}\"records\":[[{}0]]}}",
        "0,".repeat(1_000_000)
    );
    assert!(read(&bomb).dropped > 9_000);
}

#[test]
fn ten_thousand_answers_of_one_question_backwards() {
    let mut writer = Progress::default().writer(1, 1);
    let records = (0..10_000).map(|turn| answer(&mut writer, "q", Good, START + (10_000 - turn) * MINUTE));
    let lines: Vec<_> = records.map(|record| Stored::from(&record).json).collect();
    let text = format!("{{\"format\":\"interleave-progress\",\"version\":2,\"records\":[\n{}]}}", lines.join(",\n"));
    let imported = read(&text);
    assert_eq!(imported.kept, 10_000);
    assert_eq!(imported.progress.studied("q").unwrap().answers, 10_000);
}

#[test]
fn topics_days_and_streaks() {
    let mut progress = Progress::default();
    let mut writer = progress.writer(1, 1);
    let mut at = START;
    for _ in 0..8 {
        progress.add(answer(&mut writer, "a", Good, at)).unwrap();
        at = progress.studied("a").unwrap().card.due;
    }
    progress.add(answer(&mut writer, "b", Again, START + 2 * DAY)).unwrap();
    let topics: BTreeMap<String, String> = [("a", "Sagas"), ("b", "Sagas"), ("c", "Sagas"), ("d", "Locks")]
        .map(|(id, topic)| (id.into(), topic.into()))
        .into();
    let standings = progress.by_topic(&topics, START + 3 * DAY);
    assert_eq!(standings.keys().copied().collect::<Vec<_>>(), ["Locks", "Sagas"]);
    let sagas = standings["Sagas"];
    assert_eq!((sagas.questions, sagas.seen, sagas.due, sagas.mature, sagas.leeches), (3, 2, 1, 1, 0));
    assert_eq!((sagas.answers, sagas.right, sagas.share_right()), (9, 8, Some(8.0 / 9.0)));
    assert_eq!(sagas.mastery(), 1.0 / 3.0);
    assert!((0.5..1.0).contains(&sagas.retention.unwrap()));
    assert_eq!((standings["Locks"].retention, standings["Locks"].mastery()), (None, 0.0));
    assert_eq!(progress.due(START + 3 * DAY), ["b"]);
    assert_eq!(progress.forecast(moment(START + 3 * DAY), 3), [1, 0, 0]);
    assert_eq!(progress.leeches(), Vec::<&str>::new());

    let today = moment(START).day();
    let day = |answers, right| Day { answers, right };
    assert_eq!(progress.per_day(today - 1, 4), [day(0, 0), day(2, 2), day(0, 0), day(2, 1)]);
    assert_eq!(progress.per_day(i32::MAX, 2), [day(0, 0); 2]);

    let mut progress = Progress::default();
    for ahead in [0, 1, 2, 4, 5, 9] {
        progress.add(answer(&mut writer, "a", Easy, START + ahead * DAY)).unwrap();
    }
    let streak = |ahead| {
        let streak = progress.streak(today + ahead);
        (streak.current, streak.longest)
    };
    assert_eq!(
        [-1, 0, 2, 3, 4, 5, 6, 7, 9, 90].map(streak),
        [(0, 0), (1, 1), (3, 3), (3, 3), (1, 3), (2, 3), (2, 3), (0, 3), (1, 3), (0, 3)]
    );
    assert_eq!(Progress::default().streak(i32::MIN).current, 0);
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    // Few ids, questions and times, so that they meet.
    let record = (
        0_u32..3,
        0_u32..2,
        0_u32..6,
        0_usize..4,
        0_i64..6,
        0_usize..4,
        proptest::option::of(any::<bool>()),
        "[a-z“\n]{0,3}",
    );
    let record = record.prop_map(|(device, tab, sequence, question, time, rating, right, said)| {
        let at = START + time * DAY / 2;
        Record {
            id: RecordId { device, tab, sequence },
            question: ["a", "b", "c", "ä \"d\""][question].to_string(),
            at,
            day: moment(at).day(),
            rating: Rating::ALL[rating],
            right,
            said,
            took: right.map(|_| 7),
            session: Session::Study,
        }
    });
    proptest::collection::vec(record, 0..25)
}

fn progress() -> impl Strategy<Value = Progress> {
    let drafts = proptest::collection::vec((0_i64..3, proptest::option::of(0..3), 0_usize..2), 0..4);
    let carried = proptest::collection::vec((0_usize..3, 0_u32..2, 1_u32..5, 0_i64..3), 0..3);
    (records(), drafts, carried).prop_map(|(records, drafts, carried)| {
        let mut progress = Progress::default();
        for record in records {
            progress.add(record).unwrap();
        }
        for (at, state, name) in drafts {
            let draft = Draft::new(Session::Exam, ["x", "y"][name], START + at, &state).unwrap();
            progress.save_draft(draft).unwrap();
        }
        for (question, device, answers, time) in carried {
            let question = ["a", "b", "e"][question];
            let last = START + time * DAY;
            let text = json!({ "format": "interleave-progress", "version": 1, "device": device.to_string(), "questions": { question: {
                "answers": answers, "right": 1, "last": last,
                "card": { "state": "review", "stability": f64::from(answers) + 0.12345678, "difficulty": 3, "due": last + DAY },
            } } });
            progress.merge(read(&text.to_string()).progress);
        }
        progress
    })
}

fn merged(mut left: Progress, right: &Progress) -> Progress {
    left.merge(right.clone());
    left
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent_and_loses_nothing(a in progress(), b in progress(), c in progress()) {
        let ab = merged(a.clone(), &b);
        prop_assert_eq!(&ab, &merged(b.clone(), &a));
        prop_assert_eq!(&merged(ab.clone(), &c), &merged(a.clone(), &merged(b.clone(), &c)));
        prop_assert_eq!(&merged(a.clone(), &a), &a);
        prop_assert_eq!(&merged(ab.clone(), &b), &ab);
        for record in a.records().chain(b.records()) {
            prop_assert!(ab.record(record.id).is_some());
        }
        let ids = |progress: &Progress| progress.records().map(|record| record.id).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(ids(&ab).len(), ids(&a).union(&ids(&b)).count());
    }

    /// What was folded answer by answer, and out of order, is what is folded of the file.
    #[test]
    fn a_file_is_all_of_it(a in progress()) {
        let text = a.export();
        let again = import(text.as_bytes(), NOW).unwrap();
        prop_assert_eq!(&again.progress, &a);
        prop_assert_eq!(again.dropped, 0);
        prop_assert_eq!(again.progress.export(), text);
        let answers: u32 = a.all_studied().map(|(_, studied)| studied.answers).sum();
        prop_assert!(answers as usize >= a.records().count());
    }

    #[test]
    fn any_bytes_are_a_progress_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Err(fault) = import(&bytes, NOW) {
            prop_assert!(!fault.message.is_empty() && fault.line >= 1);
        }
    }

    /// A file that was cut, overwritten and shuffled somewhere still is read, and what is read of it is a progress.
    #[test]
    fn a_file_that_was_damaged_is_read(
        a in progress(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..6),
        first in any::<bool>(),
    ) {
        let mut bytes = if first { FIRST.as_bytes().to_vec() } else { a.export().into_bytes() };
        for (from, to, byte, how) in cuts {
            let (from, to) = (from.index(bytes.len().max(1)), to.index(bytes.len().max(1)));
            match how {
                _ if bytes.is_empty() => {}
                0 => bytes[from] = byte,
                1 => bytes.truncate(from.max(40)),
                _ => bytes.swap(from, to),
            }
        }
        if let Ok(imported) = import(&bytes, NOW) {
            let text = imported.progress.export();
            let again = import(text.as_bytes(), NOW).unwrap();
            prop_assert_eq!(again.dropped, 0);
            prop_assert_eq!(again.progress, imported.progress);
            prop_assert!(imported.faults.len() <= 22);
            prop_assert!(imported.dropped == 0 || !imported.faults.is_empty());
        }
    }

    /// JSON of another program, or of an enemy.
    #[test]
    fn any_json_in_its_place_is_read(
        version in 1_u32..3,
        part in prop::sample::select(vec!["records", "carried", "drafts", "questions", "x"]),
        value in json_values(),
    ) {
        let text = json!({ "format": "interleave-progress", "version": version, part: value }).to_string();
        prop_assert!(import(text.as_bytes(), NOW).is_ok());
    }
}

fn json_values() -> impl Strategy<Value = serde_json::Value> {
    let keys = prop::sample::select(vec![
        "id", "question", "at", "day", "rating", "session", "card", "answers", "kind", "saved", "state",
    ]);
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|value| json!(value)),
        any::<i64>().prop_map(|value| json!(value)),
        any::<f64>().prop_map(|value| json!(value)),
        ".{0,8}".prop_map(|value| json!(value)),
        Just(json!("00000005-00000005-0")),
        Just(json!(START)),
    ];
    leaf.prop_recursive(3, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(|values| json!(values)),
            proptest::collection::btree_map(keys.clone(), inner, 0..6).prop_map(|values| json!(values)),
        ]
    })
}
