//! The histories of a scenario as a tree: where each forks off, how it ended, and which one is on the tape.

use interleave_protocols::diagram::{Diagram, History};
use yew::prelude::*;

/// The tree's width and a line's height, in pixels. The style sheet has the same numbers.
const WIDTH: f64 = 92.0;
const LINE: f64 = 30.0;
/// Room for a dot at either end.
const EDGE: f64 = 8.0;

/// The tree, a button for each history.
pub fn histories(diagram: &Diagram, walk: &Callback<u8>) -> Html {
    let all = &diagram.histories;
    if all.is_empty() {
        return Html::default();
    }
    let words = if all.len() == 1 { "one so far".to_owned() } else { format!("{} of them", all.len()) };
    let height = LINE * all.len() as f64;
    let tree = Tree { all, most: all.iter().map(|history| history.steps).max().unwrap_or(1).max(1) };
    html! {
        <div role="group" class="seq-histories" aria-label="Histories">
            <div class="cap"><h3>{ "Histories" }</h3><span>{ words }</span></div>
            <div class="seq-tree" tabindex={(all.len() > 8).then_some("0")}>
                <svg width={WIDTH.to_string()} height={height.to_string()} aria-hidden="true" focusable="false">
                    { for (0..all.len()).map(|at| tree.line(at)) }
                    { tree.here(diagram.row()) }
                    { for (0..all.len()).map(|at| tree.end(at)) }
                </svg>
                <ol>{ for (0..).zip(all).map(|(at, history)| item(at, history, walk)) }</ol>
            </div>
        </div>
    }
}

fn item(at: u8, history: &History, walk: &Callback<u8>) -> Html {
    let end = if history.broken { "a rule is broken" } else { "no rule is broken" };
    let title = format!("{}: {} steps, {end}", history.title, history.steps);
    html! {
        <li>
            <button type="button" class={classes!("seq-history", history.here.then_some("here"))} aria-current={history.here.then_some("true")}
                title={title} onclick={walk.reform(move |_| at)}>
                <span>{ &history.title }</span><span class="sr">{ format!(", {} steps, {end}", history.steps) }</span>
            </button>
        </li>
    }
}

struct Tree<'a> {
    all: &'a [History],
    /// Steps of the longest one.
    most: u16,
}

impl Tree<'_> {
    fn x(&self, step: u32) -> f64 {
        let share = f64::from(step) / f64::from(self.most);
        EDGE + share.min(1.0) * (WIDTH - 2.0 * EDGE)
    }

    fn y(at: usize) -> f64 {
        LINE * (at as f64 + 0.5)
    }

    /// Where a history forks off: from which one, and after how many steps.
    fn fork(&self, at: usize) -> Option<(usize, u32)> {
        let (of, step) = self.all[at].fork?;
        // From one that stands above it, or the tree could not be drawn.
        (usize::from(of) < at).then_some((of.into(), step.into()))
    }

    /// A history from where it forks off to a step of it.
    fn path(&self, at: usize, to: u32) -> String {
        let (y, end) = (Self::y(at), self.x(to));
        match self.fork(at) {
            None => format!("M{EDGE} {y}H{}", tenths(end)),
            Some((of, step)) => {
                // Down along the step at which it forks, and round the corner.
                let (x, from) = (self.x(step), Self::y(of));
                let bend = (end - x).clamp(0.0, 8.0);
                format!(
                    "M{x} {from}V{}Q{x} {y} {} {y}H{}",
                    tenths(y - bend),
                    tenths(x + bend),
                    tenths(end),
                    x = tenths(x)
                )
            }
        }
    }

    fn line(&self, at: usize) -> Html {
        html! { <path class="seq-branch" d={self.path(at, self.all[at].steps.into())} /> }
    }

    /// The history that is on the tape, with what it has in common with others, and the frame that is shown.
    fn here(&self, row: u32) -> Html {
        let Some(at) = self.all.iter().position(|history| history.here) else { return Html::default() };
        let (mut whose, mut to, mut shown) = (at, u32::from(self.all[at].steps), (at, row));
        let mut path = self.path(whose, to);
        while let Some((of, step)) = self.fork(whose) {
            (whose, to) = (of, step);
            path += &self.path(whose, to);
            if row <= step {
                shown = (whose, row);
            }
        }
        let (x, y) = (self.x(shown.1), Self::y(shown.0));
        html! {
            <>
                <path class="seq-branch here" d={path} />
                <path class="seq-here" d={format!("M{} {}v12", tenths(x), tenths(y - 6.0))} />
            </>
        }
    }

    /// Where a history forks off, and how it ends.
    fn end(&self, at: usize) -> Html {
        let history = &self.all[at];
        html! {
            <>
                if let Some((of, step)) = self.fork(at) { <circle class="seq-forks" cx={tenths(self.x(step))} cy={tenths(Self::y(of))} r="2.5" /> }
                { ending(self.x(history.steps.into()), Self::y(at), history.broken) }
            </>
        }
    }
}

/// A dot for a history that keeps all rules, a cross for one that does not.
fn ending(x: f64, y: f64, broken: bool) -> Html {
    let (x, y) = (tenths(x), tenths(y));
    if broken {
        html! { <path class="seq-ends broken" d={format!("M{x} {y}m-3.5-3.5l7 7m0-7l-7 7")} /> }
    } else {
        html! { <circle class="seq-ends" cx={x} cy={y} r="4" /> }
    }
}

fn tenths(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}
