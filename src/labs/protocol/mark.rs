//! Marks on a lane: what its process did there.

use super::geometry::{Sheet, across, down};
use super::row::Row;
use super::sign::{Sign, path, sign};
use interleave_protocols::diagram::{Deed, Moment};
use yew::prelude::*;

/// The mark of a moment at the place of its lane. A square is on disk, a ring only in memory.
pub fn mark(row: &Row, number: u32, sheet: &Sheet) -> Html {
    let Some(lane) = row.moment.lane else { return Html::default() };
    let (x, y) = (across(sheet.lane(lane)), down(sheet.middle(number)));
    match row.moment.deed {
        deed @ (Deed::Crash | Deed::Restart | Deed::Isolate | Deed::Heal) => {
            let class = classes!("seq-at", "seq-badge", if deed.fault().is_some() { "fault" } else { "ok" });
            html! {
                <svg {class} {x} {y}><circle r="9.5" /><path transform="translate(-6 -6) scale(.75)" d={path(Sign::Deed(deed))} /></svg>
            }
        }
        _ if row.moment.writes => {
            html! { <rect class="seq-disk" {x} {y} width="10" height="10" rx="1.5" transform="translate(-5 -5)" /> }
        }
        // What came in the same moment points at the lane itself.
        Deed::Act if row.ended.iter().any(|ended| ended.to == lane) => Html::default(),
        Deed::Act | Deed::Timeout | Deed::EarlyTimeout => html! { <circle class="seq-dot" cx={x} cy={y} r="4" /> },
        _ => Html::default(),
    }
}

/// A timer that went off: a label of its own on the lane.
pub fn pill(lane: u8, moment: &Moment) -> Html {
    let words = if moment.deed == Deed::EarlyTimeout { "times out early" } else { "times out" };
    html! {
        <span class={classes!("seq-pill", format!("at-{lane}"))} aria-hidden="true">
            { sign(Sign::Deed(moment.deed)) }<span>{ words }</span>
            // It covers the mark.
            if moment.writes { <i class="seq-on-disk"></i> }
        </span>
    }
}
