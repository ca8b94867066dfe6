//! Our questions, written in a format and read again, are the same questions; and nothing that one can write panics.

use interleave_course::formats::{self, Format, markup};
use interleave_course::question::{
    Anomalies, Blank, Choice, Claim, Decoy, Gaps, Goal, Kind, Matching, Number, NumberSlip, Open, Options, Pair, Point,
    Predict, Program, Question, Short, Slip, Warning,
};
use interleave_course::{Deck, Level};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Pieces of texts that mean something in one format or another.
const PIECES: [&str; 44] = [
    "word",
    "Why",
    "is it so?",
    "`code`",
    "`Vec<T>`",
    "**bold**",
    "a = b",
    "50%",
    "%50%",
    "{x}",
    "~",
    "#",
    "####",
    "x:y",
    "\\",
    "\\n",
    "[link](https://example.org/a_b)",
    "[html]",
    "::",
    "//",
    "$CATEGORY:",
    "é",
    "“quoted”",
    "\"\"\"",
    "'''",
    "\n",
    "\n\n",
    "\n```js\nlet a = {};\n\n// b\n```\n",
    "a < b",
    "a && b",
    "[x]",
    "- [ ] no",
    "* point",
    "=",
    "==",
    "{1}?",
    "TRUE",
    "_a_",
    "->>",
    "\t",
    "1. one",
    "—",
    "#html:true",
    "}",
];

/// A text in our Markdown.
fn text() -> impl Strategy<Value = String> {
    vec(select(&PIECES[..]), 1..7).prop_map(|pieces| markup::markdown(&pieces.join(" "))).prop_filter("text", |text| {
        // Pairs and typed answers cannot have arrows in GIFT; texts with gaps have gaps of their own.
        !text.is_empty() && !text.contains("->") && !text.contains("{1}")
    })
}

/// A text, or none.
fn reason() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text()]
}

/// Something that one types.
fn typed() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9%{}=~#:\\\\\\[\\]*<>&\"'][a-zA-Z0-9 %{}=~#:\\\\\\[\\]*<&\"']{0,12}[a-z0-9%}*]"
        .prop_filter("no arrow", |text| !text.contains("->"))
}

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    vec((typed(), reason()).prop_map(|(text, reason)| Slip { text: format!("not {text}"), reason }), 0..3)
}

fn options() -> impl Strategy<Value = Vec<Choice>> {
    vec((text(), reason()), 2..6).prop_map(|texts| {
        let numbered = texts.into_iter().enumerate();
        numbered.map(|(at, (text, reason))| Choice { text: format!("{text} {at}"), right: false, reason }).collect()
    })
}

fn choice() -> impl Strategy<Value = Kind> {
    (options(), any::<prop::sample::Index>()).prop_map(|(mut options, right)| {
        let at = right.index(options.len());
        options[at].right = true;
        Kind::Choice(Options { options })
    })
}

fn several() -> impl Strategy<Value = Kind> {
    (options(), vec(any::<bool>(), 6)).prop_map(|(mut options, right)| {
        options.iter_mut().zip(right).for_each(|(option, right)| option.right = right);
        options[0].right = true;
        Kind::Several(Options { options })
    })
}

fn short() -> impl Strategy<Value = Kind> {
    (vec(typed(), 1..4), reason(), slips())
        .prop_map(|(answers, because, slips)| Kind::Short(Short { answers, because, slips }))
}

fn number() -> impl Strategy<Value = Kind> {
    let figure = prop_oneof![(-9999i32..9999).prop_map(f64::from), -1e6..1e6f64];
    let slips = vec((1.0..1e3f64, reason()), 0..3);
    (figure, 0.0..10.0f64, "[a-z]{0,3}", reason(), slips).prop_map(|(value, tolerance, unit, because, slips)| {
        let slip = |(away, reason)| NumberSlip { value: value + tolerance + away, reason };
        Kind::Number(Number { value, tolerance, unit, because, slips: slips.into_iter().map(slip).collect() })
    })
}

fn true_false() -> impl Strategy<Value = Kind> {
    (any::<bool>(), reason(), reason())
        .prop_map(|(answer, because, otherwise)| Kind::TrueFalse(Claim { answer, because, otherwise }))
}

fn matching() -> impl Strategy<Value = Kind> {
    (vec((text(), text(), reason()), 2..5), vec((text(), reason()), 0..3)).prop_map(|(pairs, decoys)| {
        let pair = |(at, (left, right, reason)): (usize, (String, String, String))| Pair {
            left: format!("{left} {at}"),
            right: format!("{right} {at}"),
            reason,
        };
        let pairs = pairs.into_iter().enumerate().map(pair).collect();
        let decoys = decoys.into_iter().map(|(text, reason)| Decoy { text: format!("{text} none"), reason }).collect();
        Kind::Match(Matching { pairs, decoys })
    })
}

fn gap() -> impl Strategy<Value = Kind> {
    ("[a-z,.]{1,9}", "[a-z,.?]{0,9}", vec(typed(), 1..3), reason(), slips()).prop_map(
        |(before, after, answers, because, slips)| {
            let text = format!("{before} {{1}} {after}").trim().to_string();
            Kind::Gap(Gaps { text, gaps: vec![Blank { answers, because, slips }] })
        },
    )
}

fn open() -> impl Strategy<Value = Kind> {
    (vec((text(), reason()), 0..3), vec((text(), text()), 0..2), reason(), reason()).prop_map(
        |(good, red_flags, junior, senior)| {
            let good = good.into_iter().map(|(text, follow_up)| Point { text, follow_up }).collect();
            let red_flags = red_flags.into_iter().map(|(text, reason)| Warning { text, reason }).collect();
            Kind::Open(Open { good, red_flags, junior, senior })
        },
    )
}

fn output() -> impl Strategy<Value = Kind> {
    (any::<bool>(), reason(), slips()).prop_map(|(module, because, slips)| {
        let program = "console.log('a\\n\"b\"');\n".to_string();
        Kind::Output(Predict { program: Program { program, module, schema: String::new() }, because, slips })
    })
}

fn anomaly() -> impl Strategy<Value = Kind> {
    ("[A-Ca-c ]{0,8}", "(|serializable)", typed(), reason()).prop_map(|(schedule, isolation, preset, because)| {
        let option = |text: &str| Slip { text: text.into(), reason: "R".into() };
        let options = vec![option("none"), option("deadlock")];
        Kind::Anomaly(Anomalies { preset, isolation, schedule, options, because })
    })
}

fn goal() -> impl Strategy<Value = Kind> {
    let opens = prop_oneof![
        "[A-Ca-c ]{0,8}".prop_map(|schedule| (schedule, String::new())),
        "(|crash=1,loss=2)".prop_map(|faults| (String::new(), faults)),
    ];
    (opens, typed(), typed(), reason()).prop_map(|((schedule, faults), preset, goal, because)| {
        Kind::Lab(Goal { lab: "locking".into(), preset, goal, schedule, faults, because })
    })
}

fn question(kind: impl Strategy<Value = Kind>) -> impl Strategy<Value = Question> {
    let address = "(|https://example\\.org/[a-z#]{0,8}|A book, §3 \\[p\\. 4\\])";
    let level = select(&Level::ALL[..]);
    (text(), kind, level, any::<bool>(), "(|guide/[a-z]{2,6}/#[a-z-]{1,9})", address).prop_map(
        |(stem, kind, level, why, section, source)| {
            let (id, kept) = (String::new(), BTreeMap::new());
            Question { id, level, why, section, source, stem, kind, kept }
        },
    )
}

fn deck(kind: impl Strategy<Value = Kind>) -> impl Strategy<Value = Deck> {
    ("[A-Z][a-z/']{0,6}( [a-z]{1,5})?", vec(question(kind), 1..5)).prop_map(|(title, mut questions)| {
        for (at, question) in questions.iter_mut().enumerate() {
            question.id = format!("the-{at}-th");
        }
        Deck { title, part: String::new(), about: String::new(), imported: true, questions }
    })
}

/// Writes it and reads it again.
fn same(format: Format, deck: &Deck) -> Result<(), TestCaseError> {
    let written = formats::write(format, deck);
    prop_assert!(written.problems.is_empty(), "{:?}", written.problems);
    let import = formats::read(format, "deck", written.text());
    prop_assert_eq!(import.errors(), 0, "{:?}\n{}", import.problems, written.text());
    let again = import.deck();
    prop_assert_eq!(&again.title, &deck.title);
    for (again, question) in again.questions.iter().zip(&deck.questions) {
        prop_assert_eq!(again, question, "{}", written.text());
    }
    prop_assert_eq!(again.questions.len(), deck.questions.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn markdown_is_tidied_once(pieces in vec(select(&PIECES[..]), 0..8), html in "[<>/&;a-z#0-9\"'= !`-]{0,40}") {
        let once = markup::markdown(&format!("{} {html}", pieces.join(" ")));
        prop_assert_eq!(markup::markdown(&once), once);
        let plain = markup::plain(&html);
        prop_assert_eq!(markup::markdown(&plain), plain);
    }

    #[test]
    fn ours(deck in deck(prop_oneof![
        choice(), several(), short(), number(), true_false(), matching(), gap(), open(), output(), anomaly(), goal()
    ])) {
        same(Format::Interleave, &deck)?;
    }

    #[test]
    fn mdbook_quiz(deck in deck(prop_oneof![choice(), several(), short()])) {
        same(Format::MdbookQuiz, &deck)?;
    }

    #[test]
    fn gift(deck in deck(prop_oneof![
        choice(), several(), short(), number(), true_false(), matching(), gap(), open()
    ])) {
        same(Format::Gift, &deck)?;
    }

    #[test]
    fn xml_is_well_formed(deck in deck(prop_oneof![
        choice(), several(), short(), number(), true_false(), matching(), gap(), open(), output()
    ])) {
        for (name, text) in formats::write(Format::Qti, &deck).files {
            prop_assert!(well_formed(&text).is_ok(), "{name}: {:?}\n{text}", well_formed(&text));
        }
    }

    #[test]
    fn a_card_is_a_line(deck in deck(prop_oneof![choice(), several(), short(), matching(), gap(), open()])) {
        let written = formats::write(Format::Anki, &deck);
        let lines: Vec<&str> = written.text().lines().collect();
        let cards: Vec<&&str> = lines.iter().filter(|line| !line.starts_with('#')).collect();
        prop_assert_eq!(cards.len(), deck.questions.len());
        for card in cards {
            prop_assert_eq!(card.matches('\t').count(), 2, "{}", card);
            prop_assert_eq!(card.matches('"').count() % 2, 0, "{}", card);
        }
    }

    #[test]
    fn nothing_that_is_typed_panics(text in ".{0,300}", lines in vec("[-#*A-D1-9.:) \\[\\]x{}=~`<>/a-z\"']{0,24}", 0..30)) {
        everything(&text);
        everything(&lines.join("\n"));
    }

    #[test]
    fn no_damaged_file_panics(
        file in any::<prop::sample::Index>(),
        cuts in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), select(&PIECES[..])), 1..6),
    ) {
        let fixtures = fixtures();
        let mut text: Vec<char> = fixtures[file.index(fixtures.len())].chars().collect();
        for (at, length, piece) in cuts {
            let start = at.index(text.len().max(1)).min(text.len());
            let end = (start + length.index(30)).min(text.len());
            text.splice(start..end, piece.chars());
        }
        everything(&text.into_iter().collect::<String>());
    }
}

/// Reads a text as all formats, and writes what was read in all formats.
fn everything(text: &str) {
    formats::detect("file", text);
    for format in Format::ALL {
        let import = formats::read(format, "file", text);
        for problem in &import.problems {
            assert!(problem.line >= 1 && problem.line as usize <= text.split(['\n', '\r']).count() + 1, "{problem}");
        }
        assert_eq!(import.questions.len(), import.places.len());
        let deck = import.deck();
        for format in Format::ALL {
            formats::write(format, &deck);
        }
    }
}

fn fixtures() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Every tag is closed by its own, and every `&` begins one of XML's references.
fn well_formed(xml: &str) -> Result<(), String> {
    let (mut open, mut rest) = (vec![], xml);
    while let Some(at) = rest.find(['<', '&']) {
        let found = &rest[at..];
        if let Some(after) = found.strip_prefix('&') {
            let known = ["&amp;", "&lt;", "&gt;", "&quot;"].iter().any(|known| found.starts_with(known));
            if !known {
                return Err(format!("a reference: {}", &found.chars().take(20).collect::<String>()));
            }
            rest = after;
            continue;
        }
        let end = found.find('>').ok_or("an open tag")?;
        let tag = &found[1..end];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes something else"));
            }
        } else if !tag.ends_with('/') && !tag.starts_with('?') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
        rest = &found[end..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are open")) }
}
