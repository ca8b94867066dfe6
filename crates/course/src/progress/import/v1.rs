//! Version 1 kept totals and no log:
//!
//! ```json
//! {"format":"interleave-progress","version":1,"device":"1f3a9c02","questions":{
//! "sagas-1":{"answers":7,"right":5,"last":1700000000000,
//!  "card":{"state":"review","stability":12.34567891,"difficulty":5.1,"due":1701000000000,"lapses":1}}}}
//! ```
//!
//! State `learning` and `relearning` had a `step`; a question answered in the guide alone had no card. Numbers had eight places.
//! Its totals are carried over as they are ([`Carried`]): no answers are made up for them.

use super::migrate::Head;
use crate::memory::{Card, Memory, State};
use crate::progress::Carried;
use serde::Deserialize;

#[derive(Deserialize)]
struct Totals {
    answers: u32,
    right: u32,
    last: i64,
    #[serde(default)]
    card: Option<Scheduled>,
}

#[derive(Deserialize)]
struct Scheduled {
    state: Name,
    #[serde(default)]
    step: u32,
    stability: f64,
    difficulty: f64,
    due: i64,
    #[serde(default)]
    lapses: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Name {
    Learning,
    Review,
    Relearning,
}

/// Totals of a question become totals that were carried over.
pub(super) fn migrate(head: &Head, part: &str, name: &str, text: &str) -> Result<(String, String), String> {
    if part != "questions" {
        return Err(super::unknown(part, 1));
    }
    let totals: Totals = super::parse(text)?;
    let card = totals.card.map(|card| Card {
        state: match card.state {
            Name::Learning => State::Learning(card.step),
            Name::Review => State::Review,
            Name::Relearning => State::Relearning(card.step),
        },
        memory: Some(Memory { stability: eight_places(card.stability), difficulty: eight_places(card.difficulty) }),
        reviewed: Some(totals.last),
        due: card.due,
        lapses: card.lapses,
    });
    // The first version named its device once; files without a name are one device's.
    let device = head.get("device").and_then(|device| device.as_str());
    let device = device.and_then(|device| u32::from_str_radix(device, 16).ok()).unwrap_or(0);
    let carried = Carried {
        device,
        question: name.to_string(),
        at: totals.last,
        answers: totals.answers,
        right: totals.right,
        card,
    };
    Ok(("carried".to_string(), serde_json::to_string(&carried).map_err(|error| error.to_string())?))
}

/// Rounded as the file has it. With at most fifteen digits a number is read and written the same forever.
fn eight_places(value: f64) -> f64 {
    (value * 1e8).round() / 1e8
}
