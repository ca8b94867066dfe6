//! Prose: Markdown events to HTML of our own making.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

/// How an address in the Markdown becomes one in the page. With `<base>`, `#x` alone would lead to the home page.
pub fn href(target: &str, slug: &str) -> String {
    if let Some(anchor) = target.strip_prefix('#') {
        format!("guide/{slug}/#{anchor}")
    } else if let Some((lab, preset)) = lab_target(target) {
        format!("labs/{lab}/?preset={preset}")
    } else {
        target.to_string()
    }
}

/// The lab and preset of a link `lab:event-loop/queues`.
pub fn lab_target(target: &str) -> Option<(&str, &str)> {
    target.strip_prefix("lab:")?.split_once('/')
}

/// Renders events that hold no block of ours.
pub fn render<'a>(events: impl IntoIterator<Item = Event<'a>>, slug: &str) -> String {
    let events = events.into_iter().flat_map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = CowStr::from(href(&dest_url, slug));
            vec![Event::Start(Tag::Link { link_type, dest_url, title, id })]
        }
        Event::Code(code) => match code.strip_prefix("key:") {
            Some(key) => vec![Event::InlineHtml(format!("<kbd>{}</kbd>", escape(key)).into())],
            None => vec![Event::Code(code)],
        },
        // A table may be wider than a phone: it scrolls in a frame of its own, which the keyboard can reach.
        Event::Start(Tag::Table(columns)) => {
            let frame = "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">";
            vec![Event::Html(frame.into()), Event::Start(Tag::Table(columns))]
        }
        Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), Event::Html("</div>".into())],
        other => vec![other],
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.trim_end().to_string()
}

/// The text without its marks.
pub fn plain(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// An anchor: the words in lower case, joined by hyphens.
pub fn anchor(text: &str) -> String {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
