//! `interleave quiz check`, `convert` and `lint`, as somebody with files of questions uses them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn interleave(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("quiz").args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn file(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn fixture(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../course/tests/formats").join(name);
    path.display().to_string()
}

#[test]
fn check_counts_what_it_says() {
    let (good, bad) = (file("good.gift", "Why?{=a#r ~b#s}\n"), fixture("broken.gift"));
    let output = interleave(&["check", &good]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("questions: 1\nerrors: 0\nwarnings: 0\n", Some(0)));
    let output = interleave(&["check", &good, &bad]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains("line 11, question 6: options 1 and 3: the right answer is also listed as a distractor\n"),
        "{text}"
    );
    assert!(text.ends_with("questions: 5\nerrors: 6\nwarnings: 5\n"), "{text}");
}

#[test]
fn nonsense_gives_a_sentence() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let cases = [
        (folder.to_string(), "is a folder; name the files in it"),
        (format!("{folder}/nowhere.gift"), "cannot be read"),
        (file("empty.gift", ""), "is empty"),
        (file("blank.md", " \n\n"), "is empty"),
        (file("binary.gift", b"\x7fELF\0\0"), "is no text"),
        (file("latin.gift", b"Who?\n{=caf\xe9 ~b}"), "line 2: byte 11 is not UTF-8"),
        (file("words.txt", "Some words.\n"), "no format of questions looks like this"),
        (file("nothing.md", "# Some words\n"), "there is no question in this file"),
        (file("broken-head.toml", "title = \n"), "line 1"),
    ];
    for (path, sentence) in cases {
        let output = interleave(&["check", &path]);
        let text = stdout(&output);
        assert_eq!(output.status.code(), Some(1), "{path}: {text}");
        assert!(text.lines().next().unwrap().contains(sentence), "{path}: {text}");
        assert!(text.ends_with("questions: 0\nerrors: 1\nwarnings: 0\n"), "{path}: {text}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{path}");
    }
    let large = Path::new(folder).join("large.gift");
    fs::File::create(&large).unwrap().set_len(100 << 20).unwrap();
    let text = stdout(&interleave(&["check", &large.display().to_string()]));
    assert!(text.contains("has 100 MB; no more than 32 MB are read"), "{text}");
    fs::remove_file(large).unwrap();
    let output = interleave(&["check", "--format", "word", "x"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no format “word”"));
}

#[test]
fn convert_writes_every_format() {
    let from = fixture("answers.gift");
    for (to, sign) in [
        ("interleave", "[[question]]"),
        ("mdbook-quiz", "[[questions]]"),
        ("gift", "$CATEGORY: Backends/Queues"),
        ("anki", "#separator:tab"),
    ] {
        let output = interleave(&["convert", "--to", to, &from]);
        assert_eq!(output.status.code(), Some(0), "{to}");
        let text = stdout(&output);
        assert!(text.contains(sign), "{to}: {text}");
        if to != "anki" {
            let again = file(&format!("again-{to}.{}", if to == "gift" { "gift" } else { "toml" }), &text);
            let output = interleave(&["check", &again]);
            assert_eq!(output.status.code(), Some(0), "{to}: {}", stdout(&output));
        }
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("qti");
    let _ = fs::remove_dir_all(&folder);
    let output = interleave(&["convert", "--to", "qti", "--out", &folder.display().to_string(), &from]);
    assert_eq!(output.status.code(), Some(0));
    assert!(folder.join("imsmanifest.xml").is_file() && folder.join("items/queue-full.xml").is_file());
    let output = interleave(&["convert", "--to", "qti", &from]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("name a folder by --out"));
    let output = interleave(&["convert", "--to", "markdown", &from]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("are read, but not written"));
}

#[test]
fn lint_knows_the_guide() {
    let deck = file(
        "lint.toml",
        "title = \"T\"\npart = \"P\"\nabout = \"A\"\n\n[[question]]\nid = \"a\"\nlevel = \"mid\"\nwhy = true\n\
         section = \"guide/page/#what-breaks\"\nstem = \"Why?\"\nkind = \"short\"\nanswers = [\"a\"]\nbecause = \"b\"\n\n\
         [[question]]\nid = \"b\"\nlevel = \"mid\"\nwhy = true\nsection = \"guide/page/#nowhere\"\nstem = \"Why not?\"\n\
         kind = \"short\"\nanswers = [\"a\"]\nbecause = \"b\"\n",
    );
    let guide = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    fs::create_dir_all(&guide).unwrap();
    let head = "+++\ntitle = \"T\"\npart = \"P\"\nnumber = 1\nsummary = \"S\"\nlab = \"event-loop\"\n+++\n";
    fs::write(guide.join("page.md"), format!("{head}Claim.\n\n## What breaks\n")).unwrap();
    let output = interleave(&["lint", "--guide", &guide.display().to_string(), &deck]);
    assert_eq!(
        stdout(&output),
        format!(
            "{deck} line 15, question 2: the guide has no section “guide/page/#nowhere”\n\
             questions: 2\nerrors: 1\nwarnings: 0\n"
        )
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(interleave(&["lint", &deck]).status.code(), Some(0));
}

/// What is asked of our own bank: 300 questions, nothing wrong with any of them, nor with all of them together.
#[test]
fn nothing_is_wrong_with_our_own_bank() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut files: Vec<String> = fs::read_dir(content.join("quizzes"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    files.sort();
    let guide = content.join("guide").display().to_string();
    let mut args = vec!["lint", "--guide", &guide];
    args.extend(files.iter().map(String::as_str));
    let text = stdout(&interleave(&args));
    let questions = text.lines().rev().nth(2).and_then(|line| line.strip_prefix("questions: "));
    assert!(questions.is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count >= 300)), "{text}");
    assert!(text.ends_with("errors: 0\nwarnings: 0\n"), "{text}");
}
