//! What a page may say, and where an author is told that it may not.

use interleave_course::{Block, Heading, KnownLab, Language, Page, Problem, Question, check};
use proptest::prelude::*;

const HEAD: &str = "+++\ntitle = \"T\"\npart = \"P\"\nnumber = 1\nsummary = \"S\"\nlab = \"event-loop\"\n+++\n";

fn page(body: &str) -> Result<Page, Vec<Problem>> {
    Page::parse("sample", &format!("{HEAD}{body}"))
}

fn html(body: &str) -> String {
    match page(body).unwrap().blocks.remove(0).block {
        Block::Html(html) => html,
        other => panic!("{other:?} is no prose"),
    }
}

/// The errors of a page that is wrong, as an author reads them.
fn errors(body: &str) -> Vec<String> {
    page(body).unwrap_err().iter().map(Problem::to_string).collect()
}

#[test]
fn a_page_is_its_blocks_in_order() {
    let page = page(
        "Claim.\n\n## What `breaks`\n\n```js\n1\n```\n\n```output exit=3\none\n```\n\n```lab event-loop/queues\nOne.\n```\n",
    );
    let page = page.unwrap();
    assert_eq!(page.meta.title, "T");
    let lines: Vec<u32> = page.blocks.iter().map(|placed| placed.line).collect();
    assert_eq!(lines, [8, 10, 12, 20]);
    assert_eq!(page.blocks[0].block, Block::Html("<p>Claim.</p>".into()));
    let heading = Heading {
        level: 2,
        html: "What <code>breaks</code>".into(),
        text: "What breaks".into(),
        anchor: "what-breaks".into(),
    };
    assert_eq!(page.blocks[1].block, Block::Heading(heading));
    let (_, code) = page.code().next().unwrap();
    assert_eq!((&code.language, code.source.as_str(), code.runs()), (&Language::Script, "1\n", true));
    let output = code.output.as_ref().unwrap();
    assert_eq!((output.text.as_str(), output.exit), ("one\n", 3));
    let (_, lab) = page.labs().next().unwrap();
    assert_eq!((lab.lab.as_str(), lab.preset.as_str(), lab.caption.as_str()), ("event-loop", "queues", "One."));
}

#[test]
fn prose_becomes_html_of_our_own() {
    assert_eq!(html("Press `key:→`, not `<b>`.\n"), "<p>Press <kbd>→</kbd>, not <code>&lt;b&gt;</code>.</p>");
    assert_eq!(html("[Here](#there)\n"), "<p><a href=\"guide/sample/#there\">Here</a></p>");
    assert_eq!(html("[Lab](lab:event-loop/queues)\n"), "<p><a href=\"labs/event-loop/?preset=queues\">Lab</a></p>");
    assert!(html("| a |\n|---|\n| b |\n").starts_with("<div class=\"table\" tabindex=\"0\""));
}

#[test]
fn errors_say_where() {
    assert_eq!(
        errors("Text\n\nmore <b>bold</b>\n")[0],
        "guide/sample.md line 10: raw HTML is not part of a page; write Markdown, or `&lt;` for a plain <"
    );
    assert_eq!(
        errors("# One\n"),
        ["guide/sample.md line 8: headings are of level 2 or 3; level 1 is the page's title"]
    );
    assert_eq!(
        errors("## One\n\n## One\n"),
        ["guide/sample.md line 10: two headings make the anchor “one”; change one"]
    );
    assert_eq!(
        errors("```output\n1\n```\n"),
        ["guide/sample.md line 8: output belongs directly under the program that prints it"]
    );
    assert_eq!(
        errors("- a list\n\n  ```js\n  1\n  ```\n"),
        ["guide/sample.md line 10: a block of code is fenced with ``` and stands at the left margin"]
    );
    let problems = Page::parse("sample", "+++\ntitle = 1\n+++\n").unwrap_err();
    assert_eq!((problems[0].file.as_str(), problems[0].line), ("guide/sample.md", 2));
    assert_eq!(Page::parse("sample", "Text").unwrap_err()[0].line, 1);
}

#[test]
fn a_quiz_names_questions() {
    let page = page("Claim.\n\n```quiz\none\n\n two \n```\n").unwrap();
    let listed: Vec<_> = page.listed().map(|listed| (listed.line, listed.id.as_str())).collect();
    assert_eq!(listed, [(11, "one"), (13, "two")]);
    assert_eq!(errors("```quiz\n\n```\n").len(), 1);
    assert!(errors("```question\nid = 1\n```\n")[0].contains("content/quizzes"));
}

/// A page that satisfies the recipe.
fn whole(number: u32, id: &str) -> String {
    format!(
        "{}Claim.\n\n## Try it\n\n```lab event-loop/queues\n```\n\n## What breaks\n\n## The fix, in Node code\n\n\
         ```js\n1\n```\n\n```output\n```\n\n## In the interview\n\n### In thirty seconds\n\n### In two minutes\n\n\
         ### Follow-ups\n\n### Red flags\n\n## Check yourself\n\n```quiz\n{id}-1\n{id}-2\n{id}-3\n```\n\n## Sources\n",
        HEAD.replace("number = 1", &format!("number = {number}"))
    )
}

/// A bank in which questions of these pages are, those ask why of which that is said.
fn bank(why: impl Fn(&str) -> bool) -> Vec<Question> {
    let ids = ["a-1", "a-2", "a-3", "b-1", "b-2", "b-3"];
    let question = |id: &&str| {
        let json = format!(
            r#"{{"id": "{id}", "level": "mid", "why": {}, "stem": "Why?", "kind": "true-false", "answer": true, "because": "B", "otherwise": "O"}}"#,
            why(id)
        );
        serde_json::from_str(&json).unwrap()
    };
    ids.iter().map(question).collect()
}

fn checked(texts: &[String]) -> Vec<String> {
    checked_with(texts, &bank(|_| true))
}

fn checked_with(texts: &[String], bank: &[Question]) -> Vec<String> {
    let bank: Vec<&Question> = bank.iter().collect();
    let labs = [KnownLab { id: "event-loop".into(), presets: vec!["queues".into()] }];
    let parsed = |(at, text): (usize, &String)| Page::parse(["a", "b"][at], text).unwrap();
    let pages: Vec<Page> = texts.iter().enumerate().map(parsed).collect();
    check(&pages, &labs, &bank, &["labs/"]).into_iter().map(|problem| problem.to_string()).collect()
}

#[test]
fn a_whole_book_passes() {
    assert_eq!(checked(&[whole(1, "a"), whole(2, "b")]), Vec::<String>::new());
}

#[test]
fn what_is_missing_in_a_book_is_named() {
    let wrong = |from: &str, to: &str| checked(&[whole(1, "a").replacen(from, to, 1), whole(2, "b")]);
    let first = |problems: Vec<String>| problems.into_iter().next().unwrap_or_default();
    assert!(first(wrong("/queues", "/quests")).contains("line 12: the lab “event-loop” has no preset “quests”"));
    assert!(first(wrong("```output\n```\n", "")).contains("a program that runs is followed by what it prints"));
    assert!(first(wrong("## Sources", "## Books")).contains("in this order"));
    assert!(first(wrong("```lab event-loop/queues\n```", "Look.")).contains("“Try it” has a lab"));
    assert!(first(wrong("```js\n1\n```\n\n```output\n```", "Done.")).contains("one complete program"));
    assert!(first(wrong("Claim.", "")).contains("its claim"));
    assert!(first(wrong("a-3", "b-1")).contains("b.md line"));
    assert!(first(wrong("a-3", "a-4")).contains("there is no question “a-4”"));
    assert!(first(wrong("number = 1", "number = 2")).contains("has the number 2"));
    let both = [whole(1, "a"), whole(2, "b")];
    assert!(checked_with(&both, &bank(|id| id != "a-1")).is_empty(), "two of three still ask why");
    let facts = checked_with(&both, &bank(|id| id.starts_with('b')));
    assert_eq!(facts, ["guide/a.md line 1: at least half of the questions ask why; here 0 of 3"]);
}

#[test]
fn a_program_to_try_is_a_lab() {
    let program = "```js\n1\n```\n\n```output\n```";
    let tried = whole(1, "a").replacen("```lab event-loop/queues\n```", program, 1);
    assert_eq!(checked(&[tried, whole(2, "b")]), Vec::<String>::new());
}

#[test]
fn a_page_about_interviews_mends_no_program() {
    let page =
        "Claim.\n\n## Try it\n\n## What breaks\n\n## Check yourself\n\n```quiz\na-1\na-2\na-3\n```\n\n## Sources\n";
    let of = |part: &str| format!("{}{page}", HEAD.replace("\"P\"", &format!("{part:?}")));
    assert_eq!(checked(&[of("The interview"), whole(2, "b")]), Vec::<String>::new());
    assert_eq!(checked(&[of("The Node runtime"), whole(2, "b")]).len(), 4);
}

#[test]
fn links_lead_somewhere() {
    let with =
        |link: &str| checked(&[whole(1, "a").replacen("Claim.", &format!("[Claim]({link})."), 1), whole(2, "b")]);
    for good in ["https://nodejs.org/", "labs/", "guide/b/", "guide/b/#try-it", "#sources", "lab:event-loop/queues"] {
        assert_eq!(with(good), Vec::<String>::new(), "{good}");
    }
    for bad in
        ["http://nodejs.org/", "guide/c/", "guide/b/#nowhere", "#nowhere", "lab:saga/queues", "javascript:1", "/labs/"]
    {
        assert_eq!(with(bad).len(), 1, "{bad}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_page_or_a_list_of_problems(text in any::<String>()) {
        let _ = Page::parse("any", &text);
    }

    #[test]
    fn any_markdown_is_blocks_or_problems_inside_the_file(
        pieces in prop::collection::vec(prop_oneof![
            Just("```js\n"), Just("```\n"), Just("```quiz\nq\n"), Just("```lab a/b\n"), Just("```output exit=x\n"),
            Just("## É\n"), Just("- "), Just("> "), Just("[a](lab:b)"), Just("`key:"), Just("`"), Just("<x>"), Just("|a|\n|-|\n"),
            Just("\n"), Just("\u{feff}"), Just("\r\n"), Just("text "), Just("***"), Just("    "), Just("&#0;"),
        ], 0..40),
    ) {
        let body = pieces.concat();
        let lines = HEAD.lines().count() as u32 + body.matches('\n').count() as u32 + 1;
        match page(&body) {
            Ok(page) => prop_assert!(page.blocks.iter().all(|placed| placed.line <= lines)),
            Err(problems) => prop_assert!(!problems.is_empty() && problems.iter().all(|p| (1..=lines).contains(&p.line))),
        }
    }
}
