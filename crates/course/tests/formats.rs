//! Files of others: what is read from them, what is said of bad ones, and that nothing of them is lost.

use interleave_course::deck::Place;
use interleave_course::formats::{self, Format, Import};
use interleave_course::question::{Kind, Question};
use interleave_course::{Deck, Level, Problem};
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)).unwrap()
}

/// A fixture, in the format that its name and its text say it has.
fn import(name: &str) -> Import {
    let text = fixture(name);
    formats::read(formats::detect(name, &text).unwrap(), name, &text)
}

fn read(format: Format, text: &str) -> Import {
    formats::read(format, "file", text)
}

fn errors(import: &Import) -> Vec<String> {
    import.problems.iter().filter(|problem| problem.is_error()).map(Problem::to_string).collect()
}

fn warnings(import: &Import) -> Vec<String> {
    import.problems.iter().filter(|problem| !problem.is_error()).map(Problem::to_string).collect()
}

/// `*right* wrong wrong`, and the reasons behind slashes.
fn options(question: &Question) -> Vec<String> {
    let show = |right: bool, text: &str, reason: &str| {
        let mark = if right { "+" } else { "-" };
        format!("{mark}{text}{}{reason}", if reason.is_empty() { "" } else { " / " })
    };
    question.options().iter().map(|option| show(option.right, &option.text, &option.reason)).collect()
}

fn only(import: Import) -> Question {
    assert_eq!(errors(&import), Vec::<String>::new());
    let [question] = &import.questions[..] else { panic!("{} questions", import.questions.len()) };
    question.clone()
}

#[test]
fn files_say_what_they_are() {
    for (name, format) in [
        ("answers.gift", Format::Gift),
        ("rust.toml", Format::MdbookQuiz),
        ("legacy.toml", Format::MdbookQuiz),
        ("details.md", Format::Markdown),
        ("checklist.md", Format::Markdown),
    ] {
        let text = fixture(name);
        assert_eq!(formats::detect(name, &text), Some(format), "{name}");
        assert_eq!(formats::detect("questions.txt", &text), Some(format), "{name} by its text");
    }
    assert_eq!(formats::detect("a.toml", "title = 1"), Some(Format::Interleave));
    assert_eq!(formats::detect("a.txt", "[[question]]\n"), Some(Format::Interleave));
    assert_eq!(formats::detect("a.txt", "Who?{=me ~you}"), Some(Format::Gift));
    assert_eq!(formats::detect("a.txt", "Some words.\n"), None);
    assert_eq!(formats::detect("", ""), None);
}

#[test]
fn gift_says_everything_it_can() {
    let import = import("answers.gift");
    assert_eq!(errors(&import), Vec::<String>::new());
    assert_eq!(import.title, "Backends/Queues");
    let find = |stem: &str| import.questions.iter().find(|question| question.stem.starts_with(stem)).unwrap();
    let full = find("What does");
    assert_eq!((full.id.as_str(), full.level), ("queue-full", Level::Mid));
    assert_eq!(full.stem, "What does `write()` return when the buffer {of the stream} is full?");
    assert_eq!(
        options(full),
        [
            "+`false` / Right: the caller should wait for *drain*.\n\nSee the chapter on **backpressure**.",
            "-`true` / That means there is room.",
            "-`undefined` / Nearly: one must look at the value."
        ]
    );
    assert_eq!((full.kept["gift.title"].as_str(), full.kept["gift.tags"].as_str()), ("Full queue", "queues\nmemory"));
    let two = find("Which of these keep");
    assert!(matches!(two.kind, Kind::Several(_)));
    assert_eq!(options(two)[2], "-a \\*settled\\* promise / it has nothing to wait for");
    assert_eq!(options(two)[3], "-an *unreferenced* timer");
    assert_eq!(find("A pool").stem, "A pool with ten connections serves _____ requests at once.");
    let Kind::Gap(gaps) = &find("What belongs").kind else { panic!("no gap") };
    assert_eq!(gaps.text, "A retry without a limit is called a {1} by operators.");
    assert_eq!(gaps.gaps[0].answers, ["retry storm", "storm of retries", "storm"]);
    let Kind::TrueFalse(claim) = &find("A microtask").kind else { panic!("no claim") };
    assert!(claim.answer);
    assert_eq!(claim.otherwise, "It does not wait for the loop.");
    assert_eq!(claim.because, "Right, the queue of microtasks is emptied first.\n\nCompare the lab.");
    let Kind::Number(number) = &find("How many milliseconds").kind else { panic!("no number") };
    assert_eq!((number.value, number.tolerance), (1500.0, 10.0));
    let Kind::Number(number) = &find("A number from").kind else { panic!("no number") };
    assert_eq!((number.value, number.tolerance), (3.0, 2.0));
    let Kind::Match(matching) = &find("Match what").kind else { panic!("nothing to match") };
    assert_eq!((matching.pairs.len(), matching.decoys[0].text.as_str()), (3, "locks a table"));
    let Kind::Open(open) = &find("Why does a queue").kind else { panic!("no essay") };
    assert_eq!(open.senior, "Without one, memory is the limit.");
    assert_eq!(options(find("Which port")).len(), 3);
    let escapes = find("Which one is");
    assert_eq!(escapes.stem, "Which one is ~=#{}:?");
    assert_eq!(options(escapes), ["+a \\ and a =", "-two\nlines"]);
    assert_eq!(escapes.kept["gift.category"], "Backends/Locks");
    let said = warnings(&import);
    for sentence in [
        "answers.gift line 48, question 13: warning: a text without answers is no question; it is left out",
        "answers.gift line 21, question 4: warning: “storm” is partly right; here it counts as right",
    ] {
        assert!(said.iter().any(|warning| warning == sentence), "{said:#?}");
    }
}

#[test]
fn html_in_gift_becomes_text() {
    let text = "[html]<p>What does <code>a &lt; b</code> say?<br/>And <b onclick=\"x()\">this</b>?</p>\
                <script>alert(1)</script><pre>if (x \\{\n  y();\n\\}</pre>{\n=[html]<a href\\=\"javascript\\:x\">it</a> *is*\n\
                ~<div>no</div>\n~[plain]<b>\n}";
    let question = only(read(Format::Gift, text));
    assert_eq!(question.stem, "What does `a < b` say?  \nAnd **this**?\n\n```\nif (x {\n  y();\n}\n```");
    assert_eq!(options(&question), ["+it \\*is\\*", "-no", "-\\<b>"]);
}

#[test]
fn a_bad_gift_loses_only_what_is_bad() {
    let import = import("broken.gift");
    assert_eq!(
        errors(&import),
        [
            "broken.gift line 3, question 2: the { of its answers is not closed by a }",
            "broken.gift line 7, question 4: a } closes nothing; as text it is written \\}",
            "broken.gift line 11, question 6: options 1 and 3: the right answer is also listed as a distractor",
            "broken.gift line 13, question 7: “many” is no number",
            "broken.gift line 15, question 8: “c” lacks a -> to what belongs to it",
            "broken.gift line 17, question 9: option 2 has no text",
        ]
    );
    let stems: Vec<&str> = import.questions.iter().map(|question| question.stem.as_str()).collect();
    assert_eq!(stems, ["Good one?", "Good again?", "No right answer?", "Last?"]);
    let places: Vec<_> = import.places.iter().map(|place| (place.line, place.number)).collect();
    assert_eq!(places, [(1, 1), (5, 3), (9, 5), (19, 10)]);
}

#[test]
fn mdbook_quiz_says_everything_it_can() {
    let import = import("rust.toml");
    assert_eq!(errors(&import), Vec::<String>::new());
    let [first, several, placed, short, runs, fails] = &import.questions[..] else { panic!() };
    assert_eq!(first.id, "0b0a4d52-6f0e-4a59-93a8-0f6f0c0d5b11");
    assert_eq!(first.stem, "Which of these **owns** the bytes of a `String`?");
    assert_eq!(options(first).iter().filter(|option| option.starts_with('+')).count(), 1);
    assert!(options(first).contains(&"+The variable that is bound to it / Ownership follows the binding.".into()));
    assert!(matches!(several.kind, Kind::Several(_)));
    let sorted: Vec<&str> = several.options().iter().map(|option| option.text.as_str()).collect();
    assert_eq!(sorted, ["`drop(v)`", "`let v = 1`", "`v = vec![]`", "`v.len()`"]);
    assert_eq!(options(placed), ["-a", "-b", "+here", "-c"]);
    assert_eq!(placed.stem, "```rust\nfn f(v: Vec<u8>) {}\n```\n\nAt which index does this stand?");
    let Kind::Short(mutable) = &short.kind else { panic!() };
    assert_eq!(mutable.answers, ["mut", "`mut`", "let mut"]);
    assert_eq!(runs.id, "hello-world");
    let Kind::Short(printed) = &runs.kind else { panic!() };
    assert_eq!(printed.answers, ["2"]);
    assert!(runs.stem.starts_with("```rust\nfn main() {") && runs.stem.ends_with("what does it print?"));
    let Kind::Short(error) = &fails.kind else { panic!() };
    assert_eq!(error.answers[0], "does not compile");
    assert_eq!(error.because, "The compiler complains about line 2.\n\nA text is no number.");
}

#[test]
fn every_field_of_mdbook_quiz_is_written_again() {
    let original = fixture("rust.toml");
    let first = import("rust.toml").deck();
    let written = formats::write(Format::MdbookQuiz, &first);
    assert_eq!(written.problems, []);
    let table = |text: &str| text.parse::<toml::Table>().unwrap();
    let (before, after) = (table(&original), table(written.text()));
    assert_eq!(before["multipart"], after["multipart"]);
    let questions = |table: &toml::Table| table["questions"].as_array().unwrap().clone();
    for (before, after) in questions(&before).iter().zip(questions(&after)) {
        let (before, mut after) = (before.as_table().unwrap().clone(), after.as_table().unwrap().clone());
        if !before.contains_key("id") {
            after.remove("id");
        }
        assert_eq!(trimmed(&toml::Value::Table(before)), trimmed(&toml::Value::Table(after)));
    }
}

/// Blanks around texts mean nothing.
fn trimmed(value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::String(text) => text.trim().into(),
        toml::Value::Array(values) => values.iter().map(trimmed).collect::<Vec<_>>().into(),
        toml::Value::Table(table) => {
            toml::Value::Table(table.iter().map(|(name, value)| (name.clone(), trimmed(value))).collect())
        }
        other => other.clone(),
    }
}

#[test]
fn the_dialect_of_old_is_read_with_a_warning() {
    let import = import("legacy.toml");
    assert_eq!(errors(&import), Vec::<String>::new());
    assert_eq!(
        warnings(&import)[0],
        "legacy.toml line 1, question 1: warning: prompt.choices is the dialect of old: \
         write answer.answer as a text, and prompt.distractors"
    );
    assert_eq!(
        options(&import.questions[0]),
        ["-last in, first out", "+first in, first out / A stack is the other one.", "-whoever is first"]
    );
}

#[test]
fn a_bad_toml_loses_only_what_is_bad() {
    let import = import("broken.toml");
    assert_eq!(
        errors(&import),
        [
            "broken.toml line 8, question 2: invalid basic string",
            "broken.toml line 12, question 3: options 2 and 3: the right answer is also listed as a distractor",
            "broken.toml line 18, question 4: there is no type “Guess”: MultipleChoice, ShortAnswer or Tracing",
            "broken.toml line 22, question 5: the answer is a table: answer.answer = \"…\"",
        ]
    );
    let stems: Vec<&str> = import.questions.iter().map(|question| question.stem.as_str()).collect();
    assert_eq!(stems, ["Good?", "Still good?"]);
}

#[test]
fn a_text_that_is_not_closed_loses_one_question() {
    let text = "[[questions]]\ntype = \"ShortAnswer\"\nprompt.prompt = \"\"\"Open\nanswer.answer = \"a\"\n\n\
                [[questions]]\ntype = \"ShortAnswer\"\nprompt.prompt = \"\"\"Closed?\"\"\"\nanswer.answer = \"b\"\n";
    let import = read(Format::MdbookQuiz, text);
    assert_eq!((import.questions.len(), import.errors()), (1, 1));
    assert_eq!(import.places, [Place { number: 2, line: 6 }]);
}

#[test]
fn answers_that_are_folded_away() {
    let import = import("details.md");
    assert_eq!(errors(&import), Vec::<String>::new());
    assert_eq!(import.title, "Questions about promises");
    let [first, lazy, null] = &import.questions[..] else { panic!("{:#?}", import.questions) };
    assert!(first.stem.starts_with("What is printed first?\n\n```javascript\nsetTimeout"), "{}", first.stem);
    assert!(first.stem.contains("\"<b>job</b>\""), "code is code");
    assert_eq!(
        options(first),
        [
            "-`timer`, then `job`",
            "+`job`, then `timer` / Jobs are done *before* the loop goes on.\n\n```js\n// - A: no option\n```",
            "-`job`",
            "-nothing"
        ]
    );
    assert_eq!(lazy.stem, "Is a promise lazy?");
    assert_eq!(options(lazy), ["-yes", "+no / It has begun when you get it."]);
    assert_eq!(options(null), ["+object", "-null", "-undefined"]);
    assert!(warnings(&import).contains(&"details.md line 9, question 1: warning: an image is left out".into()));
}

#[test]
fn checklists_and_letters() {
    let import = import("checklist.md");
    assert_eq!(
        errors(&import),
        [
            "checklist.md line 88, question 8: no answer is marked; it is left out",
            "checklist.md line 93, question 9: there are no options; it is left out",
            "checklist.md line 97, question 10: the answer is option 4, but there are only 2; it is left out",
            "checklist.md line 104, question 11: options 1 and 3: the right answer is also listed as a distractor",
            "checklist.md line 110, question 12: the option that is ticked is not the one that the answer names; \
             it is left out",
        ]
    );
    let [files, prints, picture, level, short, tcp, branch] = &import.questions[..] else {
        panic!("{:#?}", import.questions)
    };
    let manual = "[the manual](https://nodejs.org/api/fs.html)";
    assert_eq!(
        options(files),
        ["-`path`", &format!("+`fs` / It is *the* file system, see {manual}."), "-\\<fs>", "-\\<input>"]
    );
    assert_eq!(files.source, "https://nodejs.org/api/fs.html");
    assert_eq!(options(prints)[1], "+```js\nconsole.log(0 + 1);\n```");
    assert_eq!(options(prints)[2], "-```js\nconsole.log(\"- [x] no option\");\n```");
    assert!(matches!(picture.kind, Kind::Several(_)));
    assert_eq!(picture.stem, "Look at the picture. What is it?");
    assert_eq!(level.stem, "Isolation\n\nWhich level allows a phantom?");
    assert_eq!(options(level)[1], "+Read committed / Each statement sees a new snapshot.");
    assert_eq!(
        (short.stem.as_str(), options(short)),
        ("Which one is short?", vec!["+`let`".into(), "-`const`".into()])
    );
    assert_eq!(tcp.stem, "What is true of TCP?");
    assert_eq!(
        options(tcp),
        ["+It keeps the order / Encryption is TLS.", "+It loses nothing it has confirmed", "-It encrypts"]
    );
    assert_eq!(options(branch)[0], "-```bash\ngit pull\ngit push\n```");
    assert_eq!(options(branch)[1], "+```bash\ngit branch copy\n``` / - The command `branch` makes a name, no more.");
}

#[test]
fn other_ways_to_mark_the_answer() {
    for marked in [
        "- A) one\n- B) two\n\n**Answer:** B",
        "- A) one\n- B) two\n\n**Answer**: B) two",
        "- A. one\n- B. two\n\n> Answer: (B)",
        "- a) one\n- b) two\n\nans: b",
        "A. one\nB. two\n\n**Answer: B** — because",
        "(A) one\n(B) two\n\nCorrect answer: B",
        "**A)** one\n**B)** two\n\nThe correct answer is **B**.",
        "- **A.** one\n- **B.** two\n\n#### Answer B",
        "- A) one\n- B) two ✅",
        "- [ ] A. one\n- [x] B. two",
        "* [ ] one\n* [X] two",
        "1. [ ] one\n2. [x] two",
        "- A) one\n- B) two\n\n**Answer:** two",
        "- A) one\n- B) two\n\n<details>\n<summary>Show</summary>\nAnswer: B\n</details>",
        "- A) one\n- B) two\n\n---\n\nAnswer: B",
        "- A) one\r\n- B) two\r\n\r\nAnswer: B\r\n",
    ] {
        let question = only(read(Format::Markdown, &format!("\u{feff}### Q. Which?\n\n{marked}\n")));
        let right: Vec<_> = question.options().iter().map(|option| (option.text.as_str(), option.right)).collect();
        assert_eq!(right, [("one", false), ("two", true)], "{marked}");
        assert_eq!(question.stem, "Which?", "{marked}");
    }
}

#[test]
fn line_ends_and_marks_of_byte_order_mean_nothing() {
    for name in ["answers.gift", "rust.toml", "details.md", "checklist.md"] {
        let text = fixture(name);
        let format = formats::detect(name, &text).unwrap();
        let foreign = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(formats::read(format, name, &foreign), formats::read(format, name, &text), "{name}");
    }
}

#[test]
fn nothing_of_a_file_is_lost_on_its_way_through_ours() {
    for (name, format) in
        [("answers.gift", Format::Gift), ("rust.toml", Format::MdbookQuiz), ("legacy.toml", Format::MdbookQuiz)]
    {
        let deck = import(name).deck();
        let ours = formats::write(Format::Interleave, &deck);
        let through = read(Format::Interleave, ours.text());
        assert_eq!(errors(&through), Vec::<String>::new());
        let through: Deck = through.deck();
        assert_eq!(through, deck, "{name}");
        let again = read(format, formats::write(format, &through).text()).deck();
        assert_eq!(again.questions.len(), deck.questions.len(), "{name}");
        for (again, question) in again.questions.iter().zip(&deck.questions) {
            assert_eq!((&again.stem, &again.kind), (&question.stem, &question.kind), "{name}");
            let kept = |question: &Question| {
                let mut kept = question.kept.clone();
                // It has an id now.
                kept.remove("mdbook-quiz");
                kept
            };
            assert_eq!(kept(again), kept(question), "{name}: {}", question.stem);
        }
    }
}

#[test]
fn ids_are_those_of_the_texts() {
    let text = "Which one? {=a ~b}\n\nWhich one? {=c ~d}\n\nWhich one? {=a ~b}\n";
    let import = read(Format::Gift, text);
    let ids: Vec<&str> = import.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids[2], format!("{}-2", ids[0]));
    assert_ne!(ids[0], ids[1]);
    assert!(warnings(&import).contains(&"file line 5, question 3: warning: it is the same as question 1".into()));
    // Neither what comes before nor what is said of the answers changes them.
    let other = read(Format::Gift, "First? {T}\n\nWhich  one? {=A#for a reason ~b}\n");
    assert_eq!(other.questions[1].id, ids[0]);
    assert!(ids[0].starts_with("q-") && ids[0].len() == 14);
}

#[test]
fn our_own_files_are_held_to_more() {
    let text = "title = \"T\"\npart = \"P\"\nabout = \"A\"\n\n[[question]]\nid = \"a\"\nlevel = \"mid\"\nstem = \"Why?\"\n\
                kind = \"choice\"\noptions = [{ text = \"a\", right = true, reason = \"\" }, { text = \"b\", reason = \"r\" }]\n";
    let ours = read(Format::Interleave, text);
    assert_eq!(errors(&ours), ["file line 5, question 1: option 1 does not say why"]);
    assert_eq!(ours.questions, []);
    let others = read(Format::Interleave, &format!("imported = true\n{text}"));
    assert_eq!((others.questions.len(), others.errors()), (1, 0));
    let headless = read(Format::Interleave, text.strip_prefix("title = \"T\"\n").unwrap());
    assert_eq!(errors(&headless)[0], "file line 1: missing field `title`");
}

#[test]
fn what_a_format_cannot_say_is_said() {
    let text = "title = \"T\"\npart = \"P\"\nabout = \"A\"\n\n[[question]]\nid = \"out\"\nlevel = \"mid\"\nstem = \"What?\"\n\
                kind = \"output\"\nprogram = \"1\"\nbecause = \"b\"\n";
    let deck = read(Format::Interleave, text).deck();
    let said = |format| formats::write(format, &deck).problems.iter().map(Problem::to_string).collect::<Vec<_>>();
    assert_eq!(
        said(Format::Gift),
        ["t.gift line 1, question 1: warning: “out”: GIFT has no question of the kind “output”; it is left out"]
    );
    assert_eq!(
        said(Format::MdbookQuiz),
        ["t.toml line 1, question 1: warning: “out”: mdbook-quiz has no question of the kind “output”; it is left out"]
    );
    assert_eq!(
        said(Format::Anki),
        [
            "t.txt line 1, question 1: warning: “out”: its answer comes from running it, which a card cannot; it is left out"
        ]
    );
    assert_eq!(
        said(Format::Qti),
        ["t.xml line 1, question 1: warning: “out”: what it prints comes from running it; \
          in QTI it is asked and not judged"]
    );
}

#[test]
fn cards_of_anki() {
    let deck =
        read(Format::Gift, "::t::What is `\"a\\=b\"`?{=text#A *reason*\\n\\n```\\n    a\\nb\\n``` ~<b>code</b>}")
            .deck();
    assert_eq!(
        formats::write(Format::Anki, &deck).text(),
        format!(
            "#separator:tab\n#html:true\n#notetype:Basic\n#deck:file\n#columns:Front\tBack\tTags\n#tags column:3\n\
             \"<p>What is <code>&quot;a=b&quot;</code>?</p><ol type=\"\"A\"\"><li><p>text</p></li><li><p><strong>code\
             </strong></p></li></ol>\"\t\"<p>text</p><hr><p>✓ A</p><p>A <em>reason</em></p><pre><code>    a<br>b</code>\
             </pre><p>✗ B</p>\"\tinterleave mid id::{}\n",
            deck.questions[0].id
        )
    );
}

#[test]
fn items_of_qti() {
    let deck = read(Format::Gift, "// [id:one]\n::t::Is a < b?{=yes#It is. ~no#It is & stays.}\n").deck();
    let written = formats::write(Format::Qti, &deck);
    let names: Vec<&str> = written.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["imsmanifest.xml", "items/one.xml"]);
    assert!(
        written.files[0]
            .1
            .contains("<resource identifier=\"item-1\" type=\"imsqti_item_xmlv2p1\" href=\"items/one.xml\">")
    );
    assert_eq!(written.files[1].1, fixture("one.xml"));
}

/// Ten thousand questions of a format.
fn many(format: Format) -> String {
    let mut text = String::new();
    for n in 0..10_000 {
        let question = match format {
            Format::Interleave => format!(
                "[[question]]\nid = \"q-{n}\"\nlevel = \"mid\"\nstem = \"Which is {n}?\"\nkind = \"choice\"\n\
                 [[question.options]]\ntext = \"{n}\"\nright = true\nreason = \"It is.\"\n\
                 [[question.options]]\ntext = \"another\"\nreason = \"It is not.\"\n\n"
            ),
            Format::MdbookQuiz => format!(
                "[[questions]]\ntype = \"MultipleChoice\"\nprompt.prompt = \"\"\"\nWhich is `{n}`?\n\"\"\"\n\
                 prompt.distractors = [\"another\", \"none\"]\nanswer.answer = \"{n}\"\ncontext = \"It is.\"\n\n"
            ),
            Format::Gift => {
                format!("::Question {n}::Which is <b>{n}</b>?{{\n\t={n}#It is.\n\t~another#It is not.\n}}\n\n")
            }
            _ => format!(
                "#### Q{n}. Which is {n}?\n\n```js\nf({n});\n```\n\n- [ ] another\n- [x] {n}\n\n**Explanation:** It is.\n\n"
            ),
        };
        let _ = write!(text, "{question}");
    }
    if format == Format::Interleave { format!("title = \"T\"\npart = \"P\"\nabout = \"A\"\n{text}") } else { text }
}

#[test]
fn ten_thousand_questions() {
    for format in [Format::Interleave, Format::MdbookQuiz, Format::Gift, Format::Markdown] {
        let text = many(format);
        let start = std::time::Instant::now();
        let import = read(format, &text);
        println!("{}: read in {:?}", format.name(), start.elapsed());
        assert_eq!((import.questions.len(), import.errors()), (10_000, 0), "{}", format.name());
        let deck = import.deck();
        for format in Format::ALL.into_iter().filter(|format| format.is_written()) {
            let start = std::time::Instant::now();
            let written = formats::write(format, &deck);
            println!("    {}: written in {:?}", format.name(), start.elapsed());
            assert_eq!(written.problems, []);
        }
    }
}

#[test]
fn long_nonsense_takes_no_longer() {
    let lines = |line: &str| line.repeat(50_000 / line.len());
    for line in [
        "{",
        "}",
        "\\",
        "<a ",
        "<!--",
        "`",
        "`a``b",
        "[",
        "![",
        "](",
        "<b>",
        "<pre>",
        "&",
        "#",
        "\n#",
        "- [ ] \n",
        "\n\n{",
        "=~",
        "[[questions]]\n",
        "\"\"\"\n",
        "'''\n[[question]]\n",
        "<details>",
        "\n## Q. a\n- A) b\n",
        "::",
        "//",
        "<code>",
        "\nA) b",
        "Answer: A, B, ",
        "Answer: A, ",
        "[a][b]",
        "*",
        "1. [ ] a\n",
    ] {
        let text = lines(line);
        let start = std::time::Instant::now();
        for format in Format::ALL {
            read(format, &format!("# Q1. x\n{text}"));
            read(format, &format!("[a]: http://b\n{text}"));
        }
        formats::detect("file", &text);
        println!("{line:?}: {:?}", start.elapsed());
    }
}

#[test]
fn our_own_bank_goes_there_and_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/quizzes");
    let mut counts = [0, 0, 0];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let deck = read(Format::Interleave, &fs::read_to_string(&path).unwrap()).deck();
        for (format, count) in [Format::Interleave, Format::MdbookQuiz, Format::Gift].into_iter().zip(&mut counts) {
            let again = read(format, formats::write(format, &deck).text());
            if again.questions.is_empty() {
                // A deck of which this format can say nothing (open questions alone) is an empty file, and said so.
                let messages: Vec<&str> = again.problems.iter().map(|problem| problem.message.as_str()).collect();
                assert!(deck.questions.iter().all(|question| matches!(question.kind, Kind::Open(_))), "{messages:?}");
                assert_eq!(again.errors(), 1, "{}: {messages:?}", path.display());
                continue;
            }
            assert_eq!(again.errors(), 0, "{}: {:?}", path.display(), again.problems);
            for question in &again.questions {
                let original = deck.questions.iter().find(|original| original.id == question.id);
                assert_eq!(tidied(question), tidied(original.unwrap()), "{}", format.name());
                *count += 1;
            }
        }
    }
    assert!(counts.into_iter().all(|count| count > 100), "{counts:?}");
}

/// A question as it would be had it no blanks at the ends of its texts.
fn tidied(question: &Question) -> toml::Value {
    trimmed(&toml::Value::try_from(question).unwrap())
}
