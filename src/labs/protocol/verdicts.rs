//! What a search found: its numbers, and each rule with its verdict. What is broken, and what can happen, opens its shortest schedule.

use crate::draw::time::grouped;
use interleave_kernel::explore::Stopped;
use interleave_protocols::play::{Found, Judgement, Verdict};
use yew::prelude::*;

/// A schedule to be shown: its picks, and the frame at which to stand.
pub type Opened = (Vec<u16>, usize);

/// The numbers in one line: `288 states, 1 146 transitions, depth 11`. And why they are not all, if they are not.
pub fn numbers(found: &Found) -> String {
    let progress = &found.progress;
    let states = grouped(progress.states);
    let all = format!("{states} states, {} transitions, depth {}", grouped(progress.transitions), progress.depth);
    match found.stopped {
        None => format!("{all}."),
        Some(stopped) => format!("{all}. Stopped at {states} states: {}.", reason(stopped)),
    }
}

fn reason(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::States => "a page looks at no more",
        Stopped::Depth => "it may go no deeper",
        Stopped::Memory => "more would not fit into a worker’s memory",
        Stopped::Actions => "one of them offers too many steps",
        Stopped::Cancelled => "it was told to",
    }
}

/// The list of verdicts.
pub fn verdicts(found: &Found, open: &Callback<Opened>) -> Html {
    html! {
        <ul class="verdicts">
            { for found.rules.iter().map(|judged| row(Row::of(judged), open)) }
            { row(Row::deadlock(found), open) }
        </ul>
    }
}

/// What is said of a rule.
struct Row<'a> {
    rule: &'a str,
    sign: Sign,
    /// The verdict, in a few words.
    words: String,
    /// How it is broken.
    note: &'a str,
    way: Option<Opened>,
}

#[derive(Clone, Copy)]
enum Sign {
    Fine,
    Broken,
    Open,
}

impl<'a> Row<'a> {
    fn of(Judgement { rule, verdict }: &'a Judgement) -> Self {
        let row = |sign, words: &str| Self { rule, sign, words: words.into(), note: "", way: None };
        match verdict {
            Verdict::Holds => row(Sign::Fine, "holds"),
            Verdict::Undecided => row(Sign::Open, "undecided"),
            Verdict::Impossible => row(Sign::Broken, "never: in no order"),
            Verdict::Possible(way) => {
                let words = format!("reachable: {}", after(way.len()));
                Self { words, way: Some((way.clone(), way.len())), ..row(Sign::Fine, "") }
            }
            Verdict::Broken { way, cycle, note } => {
                // Where the rule is lost, and not where the circle closes.
                let steps = way.len().saturating_sub(usize::from(*cycle));
                let round = match cycle {
                    0 => String::new(),
                    1 => ", when the same step is made for ever".into(),
                    round => format!(", when {round} steps are made over and over"),
                };
                let words = format!("broken: {}{round}", after(steps));
                Self { words, note, way: Some((way.clone(), steps)), ..row(Sign::Broken, "") }
            }
        }
    }

    /// That nobody is stuck is a rule of every model.
    fn deadlock(found: &Found) -> Self {
        let row = |sign, words: &str| Self { rule: "no deadlock", sign, words: words.into(), note: "", way: None };
        match &found.deadlock {
            Some(way) => Self {
                words: format!("broken: {}", after(way.len())),
                note: "Nobody can go on, and somebody has to.",
                way: Some((way.clone(), way.len())),
                ..row(Sign::Broken, "")
            },
            None if found.stopped.is_some() => row(Sign::Open, "undecided"),
            None => row(Sign::Fine, "holds"),
        }
    }
}

fn after(steps: usize) -> String {
    match steps {
        0 => "at once".into(),
        1 => "after 1 step".into(),
        _ => format!("after {steps} steps"),
    }
}

fn row(Row { rule, sign, words, note, way }: Row, open: &Callback<Opened>) -> Html {
    let (class, mark) = match sign {
        Sign::Fine => ("fine", "✓"),
        Sign::Broken => ("broken", "✕"),
        Sign::Open => ("undecided", "○"),
    };
    let show = way.map(|way| {
        let open = open.reform(move |_: MouseEvent| way.clone());
        html! { <button type="button" class="lab-button" aria-label={format!("Show the shortest: {rule}")} title="Open a shortest schedule in the player" onclick={open}>{ "Show" }</button> }
    });
    html! {
        <li {class}>
            <span class="sign" aria-hidden="true">{ mark }</span>
            <p><b>{ rule.to_owned() }</b>{ " " }<span>{ words }</span></p>
            { show }
            if !note.is_empty() { <p class="verdict-note">{ note.to_owned() }</p> }
        </li>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use interleave_kernel::explore::Progress;

    fn judged(verdict: Verdict) -> (String, Option<Opened>) {
        let judged = Judgement { rule: "rule".into(), verdict };
        let Row { words, way, .. } = Row::of(&judged);
        (words, way)
    }

    #[test]
    fn a_schedule_is_shown_where_its_rule_is_broken() {
        let broken = |steps, cycle| judged(Verdict::Broken { way: vec![0; steps], cycle, note: String::new() });
        assert_eq!(broken(12, 0), ("broken: after 12 steps".into(), Some((vec![0; 12], 12))));
        assert_eq!(
            broken(12, 3),
            ("broken: after 9 steps, when 3 steps are made over and over".into(), Some((vec![0; 12], 9)))
        );
        assert_eq!(judged(Verdict::Possible(vec![2])), ("reachable: after 1 step".into(), Some((vec![2], 1))));
        assert_eq!(judged(Verdict::Impossible), ("never: in no order".into(), None));
    }

    #[test]
    fn what_was_not_looked_at_is_not_called_fine() {
        let progress = Progress { states: 3_000_000, transitions: 9_000_000, depth: 21, waiting: 7 };
        let found = |stopped| Found { progress, stopped, deadlock: None, rules: vec![] };
        let (whole, cut) = (found(None), found(Some(Stopped::States)));
        assert_eq!(numbers(&whole), "3\u{202f}000\u{202f}000 states, 9\u{202f}000\u{202f}000 transitions, depth 21.");
        assert!(numbers(&cut).ends_with("Stopped at 3\u{202f}000\u{202f}000 states: a page looks at no more."));
        assert_eq!([Row::deadlock(&whole).words, Row::deadlock(&cut).words], ["holds", "undecided"]);
    }
}
