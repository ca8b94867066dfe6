//! The site as a whole: which pages there are, and each as HTML.

use super::bank::Read;
use super::{embed, gallery, guide, home, lab, not_found, practice};
use crate::labs;
use interleave_course::{Bank, KnownLab, Page, Problem, check};
use serde::Serialize;
use std::path::Path;
use yew::prelude::*;

/// Addresses that exist whatever the guide holds.
const ADDRESSES: [&str; 3] = ["", "guide/", "labs/"];

/// Everything the pages are made of.
pub struct Site {
    /// The guide in reading order.
    pages: Vec<Page>,
    /// The files of the bank, in the order of their names.
    read: Read,
    /// The same with the answers that were found.
    bank: Bank,
}

/// A page that was rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// Address below the site's root: empty for the home page, `guide/microtasks/`, `404.html`.
    pub path: String,
    pub title: String,
    /// One sentence for search engines and link previews.
    pub description: String,
    /// What is inside `<body>`, as HTML.
    pub body: String,
    /// Whether it is made to live inside other sites' pages.
    pub embed: bool,
}

/// A page before it is text.
pub(super) struct Draft {
    pub path: String,
    pub title: String,
    pub description: String,
    pub body: Html,
    pub embed: bool,
}

impl Site {
    /// Reads and checks the guide and the bank in the folder `content`, and finds the answers of the bank. On failure, everything an author has to put right.
    pub fn load(content: &Path) -> Result<Self, Vec<Problem>> {
        let mut problems = vec![];
        let mut pages = vec![];
        for (slug, text) in files(&content.join("guide"), "md")? {
            match Page::parse(&slug, &text) {
                Ok(page) => pages.push(page),
                Err(found) => problems.extend(found),
            }
        }
        pages.sort_by_key(|page| page.meta.number);
        let read = Read::from(content, &mut problems)?;
        let practice: Vec<String> = practice::addresses().collect();
        let addresses: Vec<&str> = ADDRESSES.into_iter().chain(practice.iter().map(String::as_str)).collect();
        problems.extend(check(&pages, &known_labs(), &read.questions(), &addresses));
        let labs = labs::all().map(|lab| format!("labs/{}/", lab.id));
        problems.extend(read.check(&pages, &labs.chain(practice).collect()));
        if !problems.is_empty() {
            return Err(problems);
        }
        let bank = read.answered()?;
        Ok(Self { pages, read, bank })
    }

    /// Files besides the pages: their addresses, and what is in them.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        vec![(crate::practice::bank::ADDRESS, self.bank.written())]
    }

    /// Renders every page.
    pub fn render(&self) -> Vec<Rendered> {
        self.drafts().into_iter().map(Draft::render).collect()
    }

    fn drafts(&self) -> Vec<Draft> {
        let mut drafts = vec![home::draft(), guide::index(&self.pages), gallery::draft()];
        drafts.extend((0..self.pages.len()).map(|at| guide::draft(&self.pages, at, &self.bank)));
        drafts.extend(practice::drafts(&self.read.decks));
        drafts.extend(labs::all().map(lab::draft));
        drafts.extend(labs::all().map(embed::draft));
        drafts.push(not_found::draft());
        drafts
    }
}

/// The labs as the checks of the guide know them.
pub fn known_labs() -> Vec<KnownLab> {
    let known = |entry: &crate::labs::Entry| KnownLab {
        id: entry.id.to_string(),
        presets: entry.presets().iter().map(|preset| preset.id.to_string()).collect(),
    };
    labs::all().map(known).collect()
}

/// The files of a folder with that ending: name without it, and text. In the order of their names: the same on every machine.
pub(super) fn files(folder: &Path, ending: &str) -> Result<Vec<(String, String)>, Vec<Problem>> {
    let unreadable = |error: std::io::Error| {
        vec![Problem::error(folder.display().to_string(), 1, format!("cannot be read: {error}"))]
    };
    let mut files = vec![];
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == ending) {
            let slug = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((slug, std::fs::read_to_string(&path).map_err(unreadable)?));
        }
    }
    files.sort();
    Ok(files)
}

#[derive(Properties, PartialEq)]
struct BodyProps {
    html: Html,
}

#[component]
fn Body(props: &BodyProps) -> Html {
    props.html.clone()
}

impl Draft {
    fn render(self) -> Rendered {
        let Self { path, title, description, body, embed } = self;
        // Nothing in a page waits for anything, so the first poll finishes it.
        let renderer = yew::LocalServerRenderer::<Body>::with_props(BodyProps { html: body }).hydratable(false);
        let body = futures::executor::block_on(renderer.render());
        Rendered { path, title, description, body, embed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::sync::LazyLock;

    /// Rendered once for all tests: the first frames of all labs are recorded for it.
    static SITE: LazyLock<Vec<Rendered>> = LazyLock::new(|| {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        match Site::load(&content) {
            Ok(site) => site.render(),
            Err(problems) => panic!("{}", problems.iter().map(|problem| format!("\n{problem}")).collect::<String>()),
        }
    });

    fn site() -> Vec<Rendered> {
        SITE.clone()
    }

    /// The values of an attribute in a page.
    fn values<'a>(body: &'a str, attribute: &str) -> Vec<&'a str> {
        body.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_page_is_there_once_with_a_title_and_a_description() {
        let pages = site();
        let paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "",
                "guide/",
                "labs/",
                "guide/why-node/",
                "guide/event-loop/",
                "guide/microtasks/",
                "guide/ten-thousand-connections/",
                "guide/control-flow/",
                "guide/util-and-events/",
                "guide/streams/",
                "guide/debounce-and-throttle/",
                "guide/arrays-that-stop/",
                "guide/many-cores/",
                "guide/memory/",
                "guide/ajax-and-node/",
                "guide/rest-apis/",
                "guide/status-codes/",
                "guide/api-gateway/",
                "guide/services-that-talk/",
                "guide/load-balancing-and-caching/",
                "guide/sessions-and-tokens/",
                "guide/security/",
                "guide/bottleneck/",
                "guide/resilience/",
                "guide/limiting-concurrency/",
                "guide/changeable-code/",
                "guide/shipping/",
                "guide/shop-in-services/",
                "guide/sql-or-nosql/",
                "guide/orms/",
                "guide/transactions/",
                "guide/isolation-levels/",
                "guide/locking/",
                "guide/n-plus-one/",
                "guide/connection-pools/",
                "guide/indexes-and-plans/",
                "guide/migrations/",
                "guide/large-results/",
                "guide/data-layer/",
                "guide/database-per-service/",
                "guide/cap-and-consistency/",
                "guide/two-phase-commit/",
                "guide/sagas/",
                "guide/compensation/",
                "guide/outbox/",
                "guide/event-sourcing/",
                "guide/cqrs/",
                "guide/choosing/",
                "guide/how-to-answer/",
                "guide/mock-interviews/",
                "guide/experience/",
                "guide/practical/",
                "practice/",
                "practice/study/",
                "practice/review/",
                "practice/exam/",
                "practice/interview/",
                "practice/progress/",
                "practice/print/",
                "labs/event-loop/",
                "labs/locking/",
                "labs/contention/",
                "labs/two-phase-commit/",
                "labs/saga/",
                "labs/outbox/",
                "labs/pool/",
                "labs/n-plus-one/",
                "embed/event-loop/",
                "embed/locking/",
                "embed/contention/",
                "embed/two-phase-commit/",
                "embed/saga/",
                "embed/outbox/",
                "embed/pool/",
                "embed/n-plus-one/",
                "404.html"
            ]
        );
        assert!(pages.iter().all(|page| !page.title.is_empty() && page.description.ends_with('.')));
        assert!(pages.iter().all(|page| page.body.matches("<h1").count() == 1));
    }

    #[test]
    fn links_lead_to_pages_and_anchors_that_exist() {
        let pages = site();
        for page in &pages {
            for href in values(&page.body, "href").into_iter().filter(|href| !href.starts_with("https://")) {
                let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
                let path = path.split('?').next().unwrap_or_default().trim_start_matches("./");
                let there = pages.iter().find(|other| other.path == path);
                let there = there.unwrap_or_else(|| panic!("{} links to {href}, which is no page", page.path));
                assert!(
                    anchor.is_empty() || values(&there.body, "id").contains(&anchor),
                    "{} links to {href}, where no such anchor is",
                    page.path
                );
            }
        }
    }

    #[test]
    fn ids_are_unique_on_a_page() {
        for page in site() {
            let ids = values(&page.body, "id");
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{}: {ids:?}", page.path);
        }
    }

    #[test]
    fn every_preset_has_its_card() {
        let gallery = site().into_iter().find(|page| page.path == "labs/").expect("the gallery is there");
        for lab in known_labs() {
            for preset in &lab.presets {
                assert!(gallery.body.contains(&format!("labs/{}/?preset={preset}\"", lab.id)), "{preset}");
            }
        }
    }

    #[test]
    fn a_program_and_a_question_can_be_read_without_javascript() {
        let page = site().into_iter().find(|page| page.path == "guide/microtasks/").expect("the page is there");
        let programs = page.body.matches("data-island=\"run\"").count();
        assert_eq!(programs, 7);
        assert_eq!(page.body.matches("What it prints").count(), programs);
        assert_eq!(page.body.matches("<summary>Answer</summary>").count(), 4);
        assert!(page.body.contains("<noscript>"));
    }

    #[test]
    fn an_embed_is_the_lab_alone() {
        let embed = site().into_iter().find(|page| page.embed).expect("there is an embed");
        assert!(embed.body.contains("data-mode=\"embed\""));
        assert!(!embed.body.contains("<header class=\"top\"") && !embed.body.contains("<footer class=\"foot\""));
    }
}
