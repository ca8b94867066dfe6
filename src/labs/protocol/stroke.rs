//! Messages as arrows: how they are drawn, and from where to where.

use super::geometry::{Line, Sheet, across, down};
use interleave_protocols::diagram::{Arrow, End};
use yew::prelude::*;

/// How far a message is that has not arrived, as a share of its way. Each one behind it is a little further back.
const SO_FAR: f64 = 0.84;
const BEHIND: f64 = 0.09;
/// The least of it.
const LEAST: f64 = 0.3;
/// How far one came that was lost.
const LOST: f64 = 0.6;

/// An arrow on paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub line: Line,
    pub look: Look,
    /// It begins where another one became two.
    pub twin: bool,
    /// There is a mark where it ends.
    pub marked: bool,
    /// Which of the [`HEADS`] it has.
    pub head: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Arrived,
    /// What it brought broke a rule.
    Broke,
    Lost,
    Nobody,
    Flying,
    Held,
}

/// Heads are turned by the style sheet, which alone knows how wide a lane is. These are the falls that it knows, in rows from lane to lane.
const HEADS: [f64; 20] =
    [0.0, 0.12, 0.25, 0.37, 0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 20.0, 40.0];

/// The one that is nearest.
fn head(fall: f64) -> usize {
    let distance = |at: usize| (HEADS[at] - fall).abs();
    (0..HEADS.len()).min_by(|&one, &other| distance(one).total_cmp(&distance(other))).unwrap_or_default()
}

/// Where an arrow is. `now` is the last row of the sheet.
pub fn line(arrows: &[Arrow], at: usize, sheet: &Sheet, now: u32) -> Option<Line> {
    let arrow = arrows.get(at)?;
    let y = sheet.middle(arrow.sent);
    let original = if arrow.twin { original(arrows, at) } else { None };
    let from = match original.and_then(|original| line(arrows, original, sheet, now)) {
        Some(original) => original.at_height(y),
        None => (sheet.lane(arrow.from), y),
    };
    let target = sheet.lane(arrow.to);
    let (share, y) = match arrow.end {
        // To the lower edge of the last row: below it stands what may become of the message.
        End::Flying => (so_far(arrows, at), sheet.bottom(now) - 4.0),
        End::Held => (so_far(arrows, at), sheet.bottom(now) - 10.0),
        End::Lost(row) => (LOST, sheet.middle(row)),
        End::Arrived(row) | End::Nobody(row) => (1.0, sheet.middle(row)),
    };
    Some(Line { from, to: (from.0 + share * (target - from.0), y) })
}

/// How far an open message is: those on their way to one lane are not drawn over each other.
fn so_far(arrows: &[Arrow], at: usize) -> f64 {
    let before = arrows[..at].iter().filter(|other| other.end.is_open() && other.to == arrows[at].to).count();
    (SO_FAR - BEHIND * before as f64).max(LEAST)
}

/// The message that the network made another one of: the latest like it that was on its way.
fn original(arrows: &[Arrow], twin: usize) -> Option<usize> {
    let this = &arrows[twin];
    let alike = |other: &Arrow| (other.from, other.to, &other.words) == (this.from, this.to, &this.words);
    let open = |other: &Arrow| other.sent < this.sent && other.end.row().is_none_or(|row| row >= this.sent);
    arrows[..twin].iter().rposition(|other| alike(other) && open(other))
}

/// An arrow as it is drawn.
pub fn stroke(line: Line, arrow: &Arrow, broke: bool, marked: bool, sheet: &Sheet) -> Stroke {
    let look = match arrow.end {
        End::Arrived(_) if broke => Look::Broke,
        End::Arrived(_) => Look::Arrived,
        End::Lost(_) => Look::Lost,
        End::Nobody(_) => Look::Nobody,
        End::Flying => Look::Flying,
        End::Held => Look::Held,
    };
    Stroke { line, look, twin: arrow.twin, marked, head: head(sheet.fall(line)) }
}

impl Stroke {
    pub fn draw(&self) -> Html {
        let Line { from, to } = self.line;
        let class = classes!("seq-arrow", self.class());
        let (x, y) = (across(to.0), down(to.1));
        html! {
            <>
                <line class={class.clone()} x1={across(from.0)} y1={down(from.1)} x2={x.clone()} y2={y.clone()} />
                if self.twin { <circle class={classes!("seq-fork", class.clone())} cx={across(from.0)} cy={down(from.1)} r="3.5" /> }
                <svg class={classes!("seq-at", class)} {x} {y}>{ self.tip() }</svg>
            </>
        }
    }

    fn class(&self) -> &'static str {
        match self.look {
            Look::Arrived => "arrived",
            Look::Broke => "broke",
            Look::Lost => "lost",
            Look::Nobody => "nobody",
            Look::Flying => "flying",
            Look::Held => "held",
        }
    }

    fn tip(&self) -> Html {
        let turn = format!("fall-{}", self.head);
        let left = self.line.goes_left().then_some("goes-left");
        match self.look {
            Look::Arrived | Look::Broke => {
                let d = if self.marked { "M-5 0-15-4.2-15 4.2z" } else { "M0 0-10-4.2-10 4.2z" };
                html! { <path class={classes!("seq-tip", turn, left)} {d} /> }
            }
            Look::Flying => html! { <path class={classes!("seq-tip", "open", turn, left)} d="M-8-5 0 0-8 5" /> },
            Look::Lost => html! { <path class="seq-cross" d="M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5" /> },
            Look::Nobody => {
                html! { <><circle class="seq-nobody" r="6" /><path class="seq-nobody" d="M-4.2 4.2 4.2-4.2" /></> }
            }
            Look::Held => {
                html! { <><circle class="seq-held" r="8" /><path class="seq-held" d="M-2.5-3.5v7M2.5-3.5v7" /></> }
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::labs::protocol::geometry::Scale;

    fn arrow(sent: u32, twin: bool, end: End) -> Arrow {
        Arrow { from: 0, to: 1, words: "prepare".into(), sent, twin, end }
    }

    #[test]
    fn a_twin_begins_where_its_original_is() {
        let sheet = Sheet::new(2, Scale { row: 10, band: 0 }, vec![]);
        let arrows = [arrow(0, false, End::Arrived(4)), arrow(2, true, End::Flying)];
        assert_eq!(line(&arrows, 0, &sheet, 6), Some(Line { from: (25.0, 5.0), to: (75.0, 45.0) }));
        assert_eq!(line(&arrows, 1, &sheet, 6), Some(Line { from: (50.0, 25.0), to: (71.0, 66.0) }));
    }

    #[test]
    fn what_was_lost_ends_on_its_way() {
        let sheet = Sheet::new(2, Scale { row: 10, band: 0 }, vec![]);
        let arrows = [arrow(0, false, End::Lost(1))];
        assert_eq!(line(&arrows, 0, &sheet, 6).map(|line| line.to), Some((55.0, 15.0)));
    }

    #[test]
    fn the_style_sheet_knows_every_fall() {
        let css = include_str!("../../../static/css/protocol.css");
        for (at, fall) in HEADS.iter().enumerate() {
            assert!(css.contains(&format!(".fall-{at} {{\n  --fall: {fall};\n}}")), "fall {at} is {fall}");
        }
        assert_eq!([0.0, 0.95, 1.1, 7.5, 1000.0].map(head), [0, 7, 7, 16, 19]);
    }
}
