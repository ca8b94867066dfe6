//! Puts what `xtask/prerender` renders into the page that Trunk left empty.

use super::Build;
use super::engine::Engine;
use crate::child;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::fmt::Write;
use std::fs;

/// What a page may load: itself, and Wasm. No inline script or style, nothing from elsewhere.
const POLICY: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'self'; form-action 'none'";

/// Where the empty page says what belongs.
const HEAD: &str = "<!-- head: what `cargo xtask finish` knows about the page -->";
const BODY: &str = "<!-- page: what `xtask/prerender` renders -->";

/// The page around every page.
pub struct Shell {
    pub html: String,
    /// Addresses relative to the site, for the app to find what it fetches later.
    pub engines: Vec<Engine>,
    /// Apps of pages that have a lab of theirs.
    pub apps: Vec<Engine>,
    pub editor: String,
}

/// A rendered page, as `xtask/prerender` writes it.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// Relative to the site: empty for the home page, `guide/microtasks/`, `404.html`.
    pub path: String,
    pub title: String,
    pub description: String,
    /// What is inside `<body>`, as HTML.
    pub body: String,
    /// Whether it lives inside other sites' pages.
    #[serde(default)]
    pub embed: bool,
}

/// All that `xtask/prerender` writes.
#[derive(Debug, Deserialize)]
struct Rendered {
    pages: Vec<Page>,
    /// What pages fetch: an address in the folder of a page, and what is in it.
    files: Vec<(String, String)>,
}

impl Page {
    fn file(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }

    /// Search engines are sent to whole pages only.
    fn listed(&self) -> bool {
        !self.embed && self.path != "404.html"
    }
}

/// Writes every page, the sitemap and `robots.txt`.
pub fn render(build: &Build, shell: &Shell) -> Result<()> {
    let json = child::output(child::cargo().args(["run", "--quiet", "--package", "prerender"]))
        .context("the pages could not be rendered")?;
    let Rendered { pages, files } =
        serde_json::from_str(&json).context("xtask/prerender wrote something else than pages")?;
    ensure!(pages.iter().any(|page| page.path.is_empty()), "there is no home page");
    for page in &pages {
        let file = build.staging.join(page.file());
        let folder = file.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&file, fill(build, shell, page)?).with_context(|| format!("cannot write {}", file.display()))?;
    }
    for (address, text) in &files {
        let file = build.staging.join(address);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let site = format!("{}{}", build.origin, build.public_url);
    fs::write(build.staging.join("sitemap.xml"), sitemap(&site, &pages))?;
    fs::write(build.staging.join("robots.txt"), format!("User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n"))?;
    println!("finish  {} pages", pages.len());
    Ok(())
}

fn fill(build: &Build, shell: &Shell, page: &Page) -> Result<String> {
    for place in [HEAD, BODY, "<title>Interleave</title>", "<meta charset=\"utf-8\">"] {
        if !shell.html.contains(place) {
            bail!("index.html has no {place}");
        }
    }
    let mut head = format!("<meta name=\"description\" content=\"{}\">\n", escape(&page.description));
    if page.body.contains("data-practice=") {
        // Every room asks for it as soon as its app runs: by then it is here.
        head += "<link rel=\"preload\" href=\"practice/bank.json\" as=\"fetch\" crossorigin fetchpriority=\"low\">\n";
    }
    let mut meta = |name: &str, content: &str| {
        writeln!(head, "<meta name=\"{name}\" content=\"{}\">", escape(content)).expect("a string takes any text");
    };
    for engine in &shell.engines {
        meta(&format!("interleave-engine-{}", engine.name), &engine.address);
    }
    for app in &shell.apps {
        if page.body.contains(&format!("data-app=\"{}\"", app.name)) {
            meta(&format!("interleave-app-{}", app.name), &app.address);
        }
    }
    meta("interleave-editor", &shell.editor);
    if build.release && !page.embed {
        meta("interleave-offline", "sw.js");
    }
    if !page.listed() {
        meta("robots", "noindex");
    }
    if page.embed {
        head += "<script type=\"module\" src=\"embed-page.js\"></script>\n";
    }
    let mut html = shell
        .html
        .replace("<title>Interleave</title>", &format!("<title>{}</title>", escape(&page.title)))
        .replace(HEAD, &head)
        .replace(BODY, &page.body);
    if build.release {
        // `trunk serve` reloads pages by an inline script, so only the release is strict.
        let policy =
            format!("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
        html = html.replacen("<meta charset=\"utf-8\">", &policy, 1);
    }
    Ok(html)
}

fn sitemap(site: &str, pages: &[Page]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| page.listed()) {
        writeln!(xml, "<url><loc>{}{}</loc></url>", escape(site), escape(&page.path)).expect("a string takes any text");
    }
    xml + "</urlset>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(release: bool) -> Build {
        Build { staging: "unused".into(), public_url: "/docs/".into(), origin: "https://example.org".into(), release }
    }

    fn shell() -> Shell {
        let html = format!("<head><meta charset=\"utf-8\">\n<title>Interleave</title>{HEAD}</head><body>{BODY}</body>");
        let engine = |name: &str| Engine { name: name.into(), address: format!("engines/{name}-1/loader.js") };
        Shell {
            html,
            apps: Vec::new(),
            engines: ["node", "protocols", "sql"].map(engine).into(),
            editor: "editor-1.js".into(),
        }
    }

    fn page(path: &str, embed: bool) -> Page {
        let (title, description) = ("Queues & ticks".into(), "Who \"waits\"".into());
        Page { path: path.into(), title, description, body: "<p>Text</p>".into(), embed }
    }

    #[test]
    fn a_page_knows_its_file() {
        let files = ["", "guide/microtasks/", "404.html"].map(|path| page(path, false).file());
        assert_eq!(files, ["index.html", "guide/microtasks/index.html", "404.html"]);
    }

    #[test]
    fn a_page_fills_the_shell_and_its_words_stay_words() {
        let html = fill(&build(false), &shell(), &page("guide/", false)).unwrap();
        assert!(html.contains("<title>Queues &amp; ticks</title>"));
        assert!(html.contains("content=\"Who &quot;waits&quot;\""));
        assert!(html.contains("<body><p>Text</p></body>"));
        for engine in ["node", "protocols", "sql"] {
            let meta = format!("<meta name=\"interleave-engine-{engine}\" content=\"engines/{engine}-1/loader.js\">");
            assert!(html.contains(&meta));
        }
    }

    #[test]
    fn only_a_release_is_strict_and_kept_offline() {
        let strict = |release, embed| {
            let html = fill(&build(release), &shell(), &page("guide/", embed)).unwrap();
            (html.contains("Content-Security-Policy"), html.contains("interleave-offline"))
        };
        assert_eq!(
            [strict(false, false), strict(true, false), strict(true, true)],
            [(false, false), (true, true), (true, false)]
        );
    }

    #[test]
    fn the_sitemap_lists_whole_pages_by_their_whole_address() {
        let xml = sitemap(
            "https://example.org/docs/",
            &[page("", false), page("404.html", false), page("embed/event-loop/", true)],
        );
        assert_eq!(xml.matches("<loc>").count(), 1);
        assert!(xml.contains("<loc>https://example.org/docs/</loc>"));
    }
}
