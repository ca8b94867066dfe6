//! A lab and a position as text: what the address bar holds.
//!
//! `?v=1&lab=event-loop&preset=phases&at=14`, or with `s=` and the scenario itself as base64url of its JSON. A page with several
//! labs names the one that is meant with `on=`.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The version of the links this page writes. It reads no later one.
pub const VERSION: u32 = 1;

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub source: Source,
    /// The step as the reader counts them, from 1.
    pub step: usize,
}

/// Where a link's scenario comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Whatever the page opens by itself.
    Page,
    Preset(String),
    /// A scenario of its own, as JSON.
    Edited(String),
}

/// Why a link cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// A later version wrote it.
    Newer,
    /// It names a preset that is not there.
    UnknownPreset,
    /// It was cut or changed on its way.
    Broken,
}

impl Unusable {
    /// What the reader is told, beside the default that is shown instead.
    pub fn message(self) -> &'static str {
        match self {
            Unusable::Newer => "This link was made by a newer version of Interleave. Here is the default instead.",
            Unusable::UnknownPreset => "This link names a preset that does not exist. Here is the default instead.",
            Unusable::Broken => "This link is damaged. Here is the default instead.",
        }
    }
}

/// What a query string says about the lab `lab` that the page calls `key`: `None` when it speaks of another one or of none.
pub fn parse(query: &str, lab: &str, key: &str) -> Option<Result<Link, Unusable>> {
    let pairs: Vec<(&str, &str)> =
        query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect();
    let get = |name: &str| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1);
    let ours = ["v", "lab", "preset", "s", "at"].iter().any(|name| get(name).is_some());
    if !ours || get("lab").is_some_and(|name| name != lab) || get("on").unwrap_or("1") != key {
        return None;
    }
    Some(read(get))
}

fn read<'q>(get: impl Fn(&str) -> Option<&'q str>) -> Result<Link, Unusable> {
    // A link without a version is one that a person wrote: it is read as the first.
    let version: u32 = get("v").map_or(Ok(1), str::parse).map_err(|_| Unusable::Broken)?;
    if version > VERSION {
        return Err(Unusable::Newer);
    }
    let source = match (get("s"), get("preset")) {
        (Some(data), _) => {
            let bytes = decode(data).ok_or(Unusable::Broken)?;
            Source::Edited(String::from_utf8(bytes).map_err(|_| Unusable::Broken)?)
        }
        (None, Some(id)) => Source::Preset(unescape(id)),
        (None, None) => Source::Page,
    };
    let step = get("at").map_or(Ok(1), str::parse).map_err(|_| Unusable::Broken)?;
    Ok(Link { source, step })
}

/// The query string that [`parse`] reads back, with its question mark.
pub fn query(lab: &str, key: &str, link: &Link) -> String {
    let mut query = format!("?v={VERSION}&lab={lab}");
    if key != "1" {
        query += &format!("&on={key}");
    }
    match &link.source {
        Source::Page => {}
        Source::Preset(id) => query += &format!("&preset={id}"),
        Source::Edited(json) => query += &format!("&s={}", encode(json.as_bytes())),
    }
    query + &format!("&at={}", link.step)
}

/// A scenario in a link.
pub fn edited<S: Serialize>(scenario: &S) -> Source {
    // A scenario is strings, numbers and switches: its JSON cannot fail. If it ever does, the link opens the page's own.
    serde_json::to_string(scenario).map_or(Source::Page, Source::Edited)
}

/// The scenario a link carries.
pub fn scenario<S: DeserializeOwned>(json: &str) -> Result<S, Unusable> {
    serde_json::from_str(json).map_err(|_| Unusable::Broken)
}

/// Presets have plain names; whatever else is asked for is looked up as it stands and not found.
fn unescape(text: &str) -> String {
    text.replace("%2D", "-").replace("%2d", "-")
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// base64url without padding (RFC 4648, section 5).
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(word >> (18 - 6 * i) & 63) as usize]));
        }
    }
    text
}

/// The bytes of a base64url text; `None` when it is not one.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').trim_end_matches("%3D");
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut word = 0u32;
        for &letter in chunk {
            word = word << 6 | ALPHABET.iter().position(|&other| other == letter)? as u32;
        }
        word <<= 6 * (4 - chunk.len());
        let whole = word.to_be_bytes();
        bytes.extend_from_slice(&whole[1..chunk.len()]);
    }
    Some(bytes)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(query: &str) -> Option<Result<Link, Unusable>> {
        parse(query, "event-loop", "1")
    }

    #[test]
    fn a_link_to_a_preset_and_a_step() {
        let link = Link { source: Source::Preset("phases".into()), step: 14 };
        assert_eq!(query("event-loop", "1", &link), "?v=1&lab=event-loop&preset=phases&at=14");
        assert_eq!(parsed("?v=1&lab=event-loop&preset=phases&at=14"), Some(Ok(link)));
    }

    #[test]
    fn an_edited_scenario_travels_whole() {
        let link = Link { source: Source::Edited("{\"program\":\"log('é')\"}".into()), step: 1 };
        assert_eq!(parse(&query("event-loop", "3", &link), "event-loop", "3"), Some(Ok(link)));
    }

    #[test]
    fn a_link_speaks_of_one_lab_only() {
        assert_eq!(parsed("?lab=saga&at=2"), None);
        assert_eq!(parsed("?lab=event-loop&on=2&at=2"), None);
        assert_eq!(parsed(""), None);
        assert_eq!(parsed("?utm_source=letter"), None);
    }

    #[test]
    fn what_cannot_be_followed_says_why() {
        assert_eq!(parsed("?v=2&lab=event-loop&future=yes"), Some(Err(Unusable::Newer)));
        assert_eq!(parsed("?v=one"), Some(Err(Unusable::Broken)));
        assert_eq!(parsed("?v=1&s=%%%"), Some(Err(Unusable::Broken)));
        assert_eq!(parsed("?v=1&s=_w"), Some(Err(Unusable::Broken))); // a byte that is no UTF-8
        assert_eq!(parsed("?preset=phases&at=-1"), Some(Err(Unusable::Broken)));
    }

    #[test]
    fn base64url_is_the_rfcs() {
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{3ff}>", "z78-")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
    }

    proptest! {
        #[test]
        fn bytes_survive_the_journey(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn no_query_is_too_strange(query in "(\\?)?([a-z]{1,6}=[ -~é]{0,12}&?){0,6}") {
            // Whatever it is, the answer is a link, a reason or silence.
            let _ = parsed(&query);
        }

        #[test]
        fn a_payload_that_was_cut_is_broken_or_read_but_never_worse(cut in 0usize..80, program in "[ -~]{0,40}") {
            let scenario = interleave_node::Scenario::script(program);
            let text = query("event-loop", "1", &Link { source: edited(&scenario), step: 1 });
            let cut = cut.min(text.len());
            if let Some(Ok(Link { source: Source::Edited(json), .. })) = parsed(&text[..text.len() - cut]) {
                let read = super::scenario::<interleave_node::Scenario>(&json);
                prop_assert!(read.is_err() || read == Ok(scenario));
            }
        }
    }
}
