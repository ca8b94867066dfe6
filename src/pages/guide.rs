//! The guide: its table of contents, and its pages with the labs beside the text.

use super::shell::{Part, needs_javascript, page};
use super::site::Draft;
use super::{program, question};
use crate::labs::{self, Mode};
use interleave_course::{Bank, Block, Heading, LabRef, Page};
use yew::prelude::*;

/// The table of contents.
pub fn index(pages: &[Page]) -> Draft {
    let mut parts: Vec<&str> = pages.iter().map(|page| page.meta.part.as_str()).collect();
    parts.dedup();
    let part = |name: &str| {
        html! {
            <section>
                <h2>{name}</h2>
                <ol>{for pages.iter().enumerate().filter(|(_, page)| page.meta.part == name).map(entry)}</ol>
            </section>
        }
    };
    let main = html! {
        <div class="contents">
            <h1>{"Guide"}</h1>
            <p class="lead">{"Every claim runs beside the text. Every order of output was printed by Node 20."}</p>
            {for parts.into_iter().map(part)}
        </div>
    };
    Draft {
        path: "guide/".into(),
        title: "Guide · Interleave".into(),
        description: "A guide to Node.js whose every claim runs beside it.".into(),
        body: page(Part::Guide, "guide/", main),
        embed: false,
    }
}

/// Counted as the reader meets them: a number in the front matter may still wait for its neighbours.
fn entry((at, page): (usize, &Page)) -> Html {
    html! {
        <li>
            <span class="number">{at + 1}</span>
            <div><a href={page.path()}>{&page.meta.title}</a><p>{&page.meta.summary}</p></div>
        </li>
    }
}

/// The page `pages[at]`.
pub fn draft(pages: &[Page], at: usize, bank: &Bank) -> Draft {
    let this = &pages[at];
    let mut sections = sections(this).into_iter();
    let first = sections.next().unwrap_or_default();
    let head = html! {
        <>
            <p class="crumb"><a href="guide/">{"Guide"}</a>{" · "}{&this.meta.part}</p>
            <h1>{&this.meta.title}</h1>
        </>
    };
    let previous = at.checked_sub(1).and_then(|before| pages.get(before));
    let main = html! {
        <article class="guide">
            {section((this, bank), first, head)}
            {for sections.map(|rest| section((this, bank), rest, Html::default()))}
            {pager(previous, pages.get(at + 1))}
        </article>
    };
    Draft {
        path: this.path(),
        title: format!("{} · Interleave", this.meta.title),
        description: this.meta.summary.clone(),
        body: page(Part::Guide, &this.path(), main),
        embed: false,
    }
}

/// A stretch of text with at most one lab beside it.
#[derive(Default)]
struct Section<'a> {
    before: Vec<&'a Block>,
    lab: Option<&'a LabRef>,
    after: Vec<&'a Block>,
}

/// A lab accompanies the text from the heading above it to the heading above the next lab.
fn sections(page: &Page) -> Vec<Section<'_>> {
    let mut chunks: Vec<Vec<&Block>> = vec![vec![]];
    for placed in &page.blocks {
        if matches!(&placed.block, Block::Heading(heading) if heading.level == 2) {
            chunks.push(vec![]);
        }
        chunks.last_mut().expect("there is a first one").push(&placed.block);
    }
    let mut sections: Vec<Section> = vec![Section::default()];
    for chunk in chunks {
        let has_lab = chunk.iter().any(|block| matches!(block, Block::Lab(_)));
        if has_lab && sections.last().is_some_and(|section| section.lab.is_some()) {
            sections.push(Section::default());
        }
        let section = sections.last_mut().expect("there is a first one");
        for block in chunk {
            match block {
                Block::Lab(lab) => section.lab = Some(lab),
                other if section.lab.is_some() => section.after.push(other),
                other => section.before.push(other),
            }
        }
    }
    sections
}

fn section((page, bank): (&Page, &Bank), section: Section, head: Html) -> Html {
    let show = |blocks: Vec<&Block>| -> Html { blocks.into_iter().map(|block| show(page, bank, block)).collect() };
    html! {
        <div class="beside">
            <div class="text">{head}{show(section.before)}</div>
            if let Some(lab) = section.lab {
                {beside(lab)}
            }
            if !section.after.is_empty() {
                <div class="text">{show(section.after)}</div>
            }
        </div>
    }
}

fn beside(lab: &LabRef) -> Html {
    html! {
        <figure class="lab-place">
            {needs_javascript()}
            {labs::placeholder(&lab.lab, &lab.preset, Mode::Compact)}
            if !lab.caption.is_empty() {
                <figcaption class="lab-caption">{&lab.caption}</figcaption>
            }
        </figure>
    }
}

fn show(page: &Page, bank: &Bank, block: &Block) -> Html {
    match block {
        // Our own parser made it; what an author can write there is text.
        Block::Html(prose) => html! { <div class="prose">{raw(prose)}</div> },
        Block::Heading(heading) => title(page, heading),
        Block::Code(code) => program::block(code, &page.meta.lab),
        // That the bank has them all was checked.
        Block::Quiz(listed) => listed.iter().filter_map(|it| bank.question(&it.id)).map(question::block).collect(),
        Block::Lab(_) => Html::default(),
    }
}

fn title(page: &Page, heading: &Heading) -> Html {
    let Heading { level, html, anchor, text } = heading;
    let inside = html! {
        <>
            {raw(html)}
            <a class="anchor" href={format!("{}#{anchor}", page.path())} aria-label={format!("Link to “{text}”")}>{"#"}</a>
        </>
    };
    if *level == 2 {
        html! { <h2 id={anchor.clone()}>{inside}</h2> }
    } else {
        html! { <h3 id={anchor.clone()}>{inside}</h3> }
    }
}

fn raw(html: &str) -> Html {
    Html::from_html_unchecked(AttrValue::from(html.to_string()))
}

fn pager(previous: Option<&Page>, next: Option<&Page>) -> Html {
    html! {
        <nav class="pager" aria-label="Pages of the guide">
            if let Some(page) = previous {
                <a class="previous" rel="prev" href={page.path()}><small>{"Previous"}</small><b>{&page.meta.title}</b></a>
            }
            if let Some(page) = next {
                <a class="next" rel="next" href={page.path()}><small>{"Next"}</small><b>{&page.meta.title}</b></a>
            }
        </nav>
    }
}
