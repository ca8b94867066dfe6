//! What two protocols came to under the same faults, as a table: both numbers of a measure side by side, each with a bar.

use crate::draw::chart::number;
use interleave_protocols::diagram::Figures;
use interleave_protocols::play::Side;
use yew::prelude::*;

/// A measure: its name, what it means, and how it is read from the figures of a run.
type Measure = (&'static str, &'static str, fn(&Figures) -> f64);

const MEASURES: [Measure; 4] = [
    ("messages", "Sent, whether they arrived or not", |figures| f64::from(figures.messages)),
    ("round trips", "Half the messages on the longest chain of cause and effect", |figures| {
        f64::from(figures.chain) / 2.0
    }),
    ("time locked", "Hops for which a lock was held, summed up over processes", |figures| f64::from(figures.locked)),
    ("time inconsistent", "Hops for which processes disagreed about what has happened", |figures| {
        f64::from(figures.inconsistent)
    }),
];

/// The table. `titles` are those of the sides, `seed` that of the run that is shown.
pub fn table(sides: &[Side; 2], titles: [&'static str; 2], seed: u64) -> Html {
    let [one, other] = sides;
    let mean = |side: &Side, measure: fn(&Figures) -> f64| measure(&side.total) / f64::from(side.runs.max(1));
    html! {
        <table class="sides">
            <thead><tr><td></td>{ for titles.iter().map(|title| html! { <th scope="col">{ *title }</th> }) }</tr></thead>
            <tbody>
                <tr><th colspan="3" scope="rowgroup">{ format!("The run of seed {seed}") }</th></tr>
                { for MEASURES.iter().map(|(name, what, measure)| {
                    row(name, what, sides.each_ref().map(|side| measure(&side.diagram.figures)))
                }) }
                <tr>
                    <th scope="row">{ "ended" }</th>
                    { for sides.iter().map(|side| html! { <td class="ended">{ &side.end }</td> }) }
                </tr>
            </tbody>
            <tbody>
                <tr><th colspan="3" scope="rowgroup">{ format!("{} runs, each of another seed: the mean", one.runs) }</th></tr>
                { for MEASURES.iter().map(|&(name, what, measure)| row(name, what, [mean(one, measure), mean(other, measure)])) }
            </tbody>
            <tbody>
                <tr><th colspan="3" scope="rowgroup">{ format!("Of {} runs", one.runs) }</th></tr>
                { row("a rule was broken", "Runs in which any rule was broken", sides.each_ref().map(|side| f64::from(side.broken))) }
                { row("no end", "Runs that were still under way when they were cut", sides.each_ref().map(|side| f64::from(side.endless))) }
            </tbody>
        </table>
    }
}

/// Both numbers of a measure. The longer bar is as long as there is room.
fn row(name: &str, what: &'static str, values: [f64; 2]) -> Html {
    let most = values[0].max(values[1]);
    html! {
        <tr>
            <th scope="row" title={what}>{ name.to_owned() }</th>
            { for values.iter().map(|&value| html! { <td>{ number(value) }{ bar(value, most) }</td> }) }
        </tr>
    }
}

fn bar(value: f64, most: f64) -> Html {
    let length = if most > 0.0 { 100.0 * value / most } else { 0.0 };
    html! {
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect width={format!("{length:.1}")} height="4" />
        </svg>
    }
}
