//! Files that a learner drops on the page: what becomes a deck, what is said of the rest, and what a device reads again.

use interleave_course::brought::{self, Head, PROBLEMS, Peek, Peeks, Reading, peeks, place, question, questions};
use interleave_course::{Problem, Question};
use std::collections::BTreeSet;

fn read(file: &str, text: &str) -> Reading {
    brought::read(file, text.as_bytes())
}

fn told(reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(Problem::to_string).collect()
}

fn all(deck: &str) -> Vec<Question> {
    questions(deck).flat_map(|some| some.questions).collect()
}

fn ids(deck: &str) -> BTreeSet<String> {
    all(deck).into_iter().map(|question| question.id).collect()
}

const GIFT: &str = "::Loop::What runs first?{=a tick ~a timer}\n\nTwo and two?{#4}\n";

#[test]
fn a_good_file_becomes_a_deck() {
    let reading = read("Node basics (2).gift", GIFT);
    assert_eq!(told(&reading), Vec::<String>::new());
    assert_eq!((reading.name.as_str(), reading.questions), ("node-basics", 2));
    let head = Head::of(&reading.deck).unwrap();
    assert_eq!(
        (&*head.title, &*head.file, &*head.format, head.questions),
        ("Node basics (2)", "Node basics (2).gift", "gift", 2)
    );
    let stems: Vec<String> = all(&reading.deck).into_iter().map(|question| question.stem).collect();
    assert_eq!(stems, ["What runs first?", "Two and two?"]);
}

#[test]
fn a_bad_file_keeps_what_is_good_and_says_where_the_rest_is() {
    let file = "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"Which?\"\nprompt.distractors = [\"b\"]\nanswer.answer = \"a\"\n\n\
                [[questions]]\ntype = \"Riddle\"\n\n[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"Old?\"\nprompt.choices = [\"a\", \"b\"]\nanswer.answer = 0\n\n\
                [[questions]]\nprompt = \n";
    let reading = read("mixed.toml", file);
    assert_eq!(reading.questions, 2);
    let told = told(&reading);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].starts_with("mixed.toml line 7, question 2: there is no type “Riddle”"), "{}", told[0]);
    assert!(
        told[1].starts_with("mixed.toml line 10, question 3: warning: prompt.choices is the dialect of old"),
        "{}",
        told[1]
    );
    assert!(told[2].starts_with("mixed.toml line 17, question 4: "), "{}", told[2]);
}

#[test]
fn what_our_bank_would_demand_is_not_demanded() {
    let own = "[[question]]\nid = \"One\"\nlevel = \"mid\"\nstem = \"Say it\"\nkind = \"short\"\nanswers = [\"it\"]\nbecause = \"\"\n";
    let reading = read("own.toml", own);
    assert_eq!(reading.questions, 1);
    // Nor that it says which part of our book it belongs to; but it is told.
    assert_eq!(told(&reading), ["own.toml line 1: missing field `title`"]);
    assert_eq!(all(&reading.deck)[0].id, "one");
}

#[test]
fn what_is_run_when_the_site_is_built_is_left_out_and_said() {
    let file = "title = \"T\"\npart = \"P\"\nabout = \"A\"\n\n[[question]]\nid = \"a\"\nlevel = \"mid\"\nstem = \"What is printed?\"\nkind = \"output\"\nprogram = \"console.log(1)\"\nbecause = \"It is.\"\n";
    let reading = read("run.toml", file);
    assert_eq!((reading.questions, &*reading.deck), (0, ""));
    assert_eq!(
        told(&reading),
        [
            "run.toml line 5, question 1: warning: its answer is found by running it when the site is built; it cannot be asked from a file \
          (“output”), and is left out"
        ]
    );
}

#[test]
fn no_link_of_a_file_leads_out_of_the_guide_unseen() {
    let file = |section: &str| format!("// interleave: section = \"{section}\"\n::A::Who?{{=me ~you}}\n");
    let own = |section: &str| {
        format!(
            "title = \"T\"\npart = \"P\"\nabout = \"A\"\n[[question]]\nid = \"a\"\nlevel = \"mid\"\nsection = \"{section}\"\nstem = \"Who?\"\nkind = \"short\"\nanswers = [\"me\"]\nbecause = \"So.\"\n"
        )
    };
    let section = |name: &str, text: String| all(&read(name, &text).deck)[0].section.clone();
    assert_eq!(section("a.toml", own("guide/sagas/#what-breaks")), "guide/sagas/#what-breaks");
    assert_eq!(section("a.toml", own("javascript:alert(1)")), "");
    assert_eq!(section("a.toml", own("guide/../../evil")), "");
    assert_eq!(section("a.gift", file("https://evil.example/")), "");
    // Nor one of a row that somebody else has written.
    let row = read("a.toml", &own("guide/sagas/")).deck.replace("guide/sagas/", "javascript:alert(1)//");
    assert_eq!(all(&row)[0].section, "");
}

#[test]
fn what_is_no_text_is_said_in_a_sentence() {
    let say = |bytes: &[u8]| {
        let reading = brought::read("x.gift", bytes);
        assert_eq!(reading.deck, "");
        told(&reading).join("\n")
    };
    assert_eq!(
        say(b"one\ntwo \xff"),
        "x.gift line 2: this is not text; if it is a file of questions, save it as UTF-8"
    );
    assert_eq!(say(b"a\0b"), "x.gift line 1: this is not text; if it is a file of questions, save it as UTF-8");
    assert_eq!(say(b""), "x.gift line 1: there is nothing in this file");
    assert_eq!(say("\u{feff} \r\n".as_bytes()), "x.gift line 1: there is nothing in this file");
    assert_eq!(say(&vec![b' '; 20_000_001]), "x.gift line 1: a file of more than 20 MB is not read");
    assert!(say(b"Some words.\n").contains("the { of its answers") || say(b"Some words.\n").contains("no question"));
    assert!(told(&read("x.txt", "Some words.\n"))[0].contains("no questions of a format that is known here"));
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Who?{=me ~you}".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(brought::read("wide.txt", &wide).questions, 1);
}

#[test]
fn many_problems_are_counted_and_the_worst_are_told() {
    let reading = read("many.gift", &"A text.\n\nWho?{\n\n".repeat(60).replace("Who?{\n", "Who?{=me}}\n"));
    assert_eq!((reading.problems.len(), reading.problems.len() + reading.more), (PROBLEMS, 120));
    assert_eq!(reading.problems.iter().filter(|problem| problem.is_error()).count(), 60);
    assert!(reading.problems.is_sorted_by_key(|problem| problem.line));
    let long = read("long.toml", &format!("[[questions]]\ntype = \"{}\"\n", "x".repeat(5_000)));
    assert_eq!(long.problems[0].message.chars().count(), 300);
}

#[test]
fn a_damaged_line_costs_no_other_one() {
    let many: String = (0..250).map(|n| format!("Which is {n}?{{={n} ~other}}\n\n")).collect();
    let deck = read("many.gift", &many).deck;
    assert_eq!(deck.lines().count(), 4);
    assert_eq!(all(&deck).len(), 250);
    let mut lines: Vec<String> = deck.lines().map(String::from).collect();
    lines[1] = lines[1].replacen("\"stem\":\"Which is 7?\"", "\"stem\":7", 1);
    lines[2].truncate(50);
    let damaged = lines.join("\n");
    assert_eq!(all(&damaged).len(), 149);
    let marks: Vec<bool> = questions(&damaged).map(|some| some.damaged).collect();
    assert_eq!(marks, [true, true, false]);
    assert!(Head::of(&damaged).is_some());
    // Whoever only chooses reads no further than that, and is told when a question is taken.
    let peeked: Vec<Peeks> = peeks(&damaged).collect();
    assert_eq!(
        peeked.iter().map(|some| (some.questions.len(), some.damaged)).collect::<Vec<_>>(),
        [(100, false), (0, true), (50, false)]
    );
    let whole = |peek: &Peek| question(&damaged, peek.at.clone());
    let taken: Vec<bool> = peeked[0].questions.iter().map(|peek| whole(peek).is_some()).collect();
    assert_eq!(taken.iter().position(|whole| !whole), Some(7));
    assert_eq!(taken.iter().filter(|whole| **whole).count(), 99);
    let last = &peeked[2].questions[49];
    assert_eq!((whole(last).unwrap().id, last.kind.as_str()), (last.id.clone(), "choice"));
    assert!(Head::of("{\"interleave-deck\":2,\"title\":\"\",\"file\":\"\",\"format\":\"\",\"questions\":1}").is_none());
    assert!(Head::of("").is_none() && Head::of("{").is_none());
}

#[test]
fn the_same_file_again_is_the_same_deck_and_another_one_is_not() {
    let first = read("quiz.gift", GIFT);
    let deck = |name: &str, reading: &Reading| (name.to_string(), ids(&reading.deck));
    assert_eq!(place(&first.name, &ids(&first.deck), &[]), "quiz");
    let edited = read("quiz (1).gift", &format!("New?{{=yes ~no}}\n\n{GIFT}"));
    assert_eq!(place(&edited.name, &ids(&edited.deck), &[deck("quiz", &first)]), "quiz");
    let other = read("quiz.gift", "Quite another?{=yes ~no}\n");
    assert_eq!(place(&other.name, &ids(&other.deck), &[deck("quiz", &first)]), "quiz-2");
    let both = [deck("quiz", &first), deck("quiz-2", &other)];
    assert_eq!(place(&other.name, &ids(&other.deck), &both), "quiz-2");
    assert_eq!(place(&first.name, &ids(&first.deck), &both), "quiz");
    let named = |file: &str| read(file, GIFT).name;
    assert_eq!(
        [named("Вопросы.gift"), named("a/b/Node.js.gift"), named(".gift")],
        ["questions", "node-js", "questions"]
    );
    assert!(named(&format!("{}.gift", "long-".repeat(60))).len() <= 40);
}

#[test]
fn ids_fit_into_the_log_of_answers() {
    let id = "i".repeat(200);
    let file = format!(
        "[[questions]]\nid = \"{id}\"\ntype = \"ShortAnswer\"\nprompt.prompt = \"Who?\"\nanswer.answer = \"me\"\n"
    );
    let deck = read(&format!("{}.toml", "n".repeat(300)), &file);
    let [question] = &all(&deck.deck)[..] else { panic!("one question") };
    let whole = brought::question_id(&deck.name, &question.id);
    assert!(whole.len() <= 200, "{}", whole.len());
    assert_eq!(brought::deck_name(&brought::deck_id("quiz-2")), Some("quiz-2"));
    assert_eq!([brought::deck_name("sagas"), brought::deck_name("yours/<b>"), brought::deck_name("yours/")], [None; 3]);
}
