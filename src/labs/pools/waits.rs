//! How long the wait was, and what was predicted of it.

use crate::draw::chart::number;
use interleave_traffic::pool::{Histogram, Prediction, Results, Scene};
use yew::prelude::*;

/// The panel.
pub fn waits(scene: &Scene) -> Html {
    let content = match &scene.results {
        None => html! { <p class="empty">{ "after the run: how many waited how long, Little’s law, M/M/c" }</p> },
        Some(results) => html! {
            <div class="wait-room">
                { bars(&results.waits, &results.predicted) }
                { table(results) }
                { reasons(&results.prediction) }
            </div>
        },
    };
    html! {
        <div role="group" class="panel pool-waits" aria-label="Waits">
            <h3 class="cap"><b>{ "Waits for a connection" }</b><span>{ "measured, and predicted by M/M/c where that applies" }</span></h3>
            { content }
        </div>
    }
}

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 140.0;
const BOTTOM: f64 = 118.0;
const LEFT: f64 = 4.0;

fn bars(waits: &Histogram, predicted: &[f32]) -> Html {
    let count = waits.bins.len().max(1);
    let predicted: Vec<f64> = predicted.iter().map(|value| f64::from(*value)).collect();
    let most = waits.bins.iter().map(|bin| f64::from(*bin)).chain(predicted.iter().copied()).fold(1.0, f64::max);
    let step = (WIDTH - 2.0 * LEFT) / count as f64;
    let y = |value: f64| BOTTOM - value / most * (BOTTOM - 8.0);
    let x = |bin: usize| LEFT + bin as f64 * step;
    let line: Vec<String> = predicted
        .iter()
        .enumerate()
        .map(|(bin, value)| format!("{:.1} {:.1}", x(bin) + step / 2.0, y(*value)))
        .collect();
    let end = f64::from(waits.width) * count as f64 / 1000.0;
    let all = f64::from(waits.none + waits.longer + waits.bins.iter().sum::<u32>()).max(1.0);
    let none = format!("{} % did not wait", number(100.0 * f64::from(waits.none) / all));
    let longer =
        if waits.longer > 0 { format!("; {} waited longer", number(waits.longer.into())) } else { String::new() };
    let words = format!("How many waited how long, up to {} ms: {none}{longer}", number(end));
    html! {
        <figure class="histogram role-timers">
            <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={words}>
                { for waits.bins.iter().enumerate().filter(|(_, bin)| **bin > 0).map(|(at, bin)| html! {
                    <rect class="bar" x={format!("{:.1}", x(at) + 0.5)} y={format!("{:.1}", y(f64::from(*bin)))}
                        width={format!("{:.1}", step - 1.0)} height={format!("{:.1}", BOTTOM - y(f64::from(*bin)))} />
                }) }
                <line class="chart-grid" x1={LEFT.to_string()} x2={(WIDTH - LEFT).to_string()} y1={BOTTOM.to_string()} y2={BOTTOM.to_string()} />
                if !line.is_empty() { <path class="predicted-line" d={format!("M{}", line.join("L"))} /> }
                <text class="chart-tick" x={LEFT.to_string()} y={(BOTTOM + 15.0).to_string()}>{ "0" }</text>
                <text class="chart-tick" x={(WIDTH / 2.0).to_string()} y={(BOTTOM + 15.0).to_string()} text-anchor="middle">{ format!("{} ms", number(end / 2.0)) }</text>
                <text class="chart-tick" x={(WIDTH - LEFT).to_string()} y={(BOTTOM + 15.0).to_string()} text-anchor="end">{ format!("{} ms", number(end)) }</text>
            </svg>
            <figcaption class="waits-words">
                { format!("{none}{longer}. Bars: those who waited.") }
                if !line.is_empty() { { " Line: M/M/c." } }
            </figcaption>
        </figure>
    }
}

/// A time in microseconds.
fn ms(micros: f64) -> String {
    format!("{} ms", number(micros / 1000.0))
}

fn table(results: &Results) -> Html {
    let figures = &results.figures;
    let predicts = matches!(results.prediction, Prediction::Holds { .. });
    let waited = f64::from(results.waits.longer + results.waits.bins.iter().sum::<u32>())
        / f64::from(figures.waits.count.max(1));
    let percent = |share: f64| format!("{} %", number(100.0 * share));
    let predicted: [Option<String>; 7] = match &results.prediction {
        Prediction::Holds { utilisation, waiting, mean, median, within_95, within_99, queue } => [
            percent(*utilisation),
            percent(*waiting),
            ms(*mean),
            ms(*median),
            ms(*within_95),
            ms(*within_99),
            number(*queue),
        ]
        .map(Some),
        Prediction::Fails(_) => Default::default(),
    };
    let waits = &figures.waits;
    let measured = [
        ("Pool in use", percent(figures.utilisation)),
        ("Have to wait", percent(waited)),
        ("Wait, mean", ms(waits.mean)),
        ("Wait, median", ms(waits.median.into())),
        ("Wait, 95 %", ms(waits.within_95.into())),
        ("Wait, 99 %", ms(waits.within_99.into())),
        ("Waiting, mean", number(figures.waiting)),
    ];
    let little = format!(
        "{}/s × {} = {}",
        number(figures.asked_per_second()),
        ms(figures.wait),
        number(figures.asked_per_second() * figures.wait / 1e6)
    );
    html! {
        <div class="waits-figures">
            <table class="levels">
                <thead><tr>
                    <th scope="col">{ "Figure" }</th>
                    <th scope="col">{ "Measured" }</th>
                    if predicts { <th scope="col">{ "M/M/c" }</th> }
                </tr></thead>
                <tbody>
                    { for measured.into_iter().zip(predicted).map(|((name, value), predicted)| html! {
                        <tr><th scope="row">{ name }</th><td>{ value }</td>if let Some(value) = predicted { <td>{ value }</td> }</tr>
                    }) }
                </tbody>
            </table>
            <p class="little"><b>{ "Little’s law" }</b>{ format!(" λ × W = {little}; counted L = {}", number(figures.waiting)) }</p>
        </div>
    }
}

fn reasons(prediction: &Prediction) -> Html {
    let Prediction::Fails(reasons) = prediction else { return Html::default() };
    html! {
        <div class="no-prediction">
            <p>{ "M/M/c predicts nothing here:" }</p>
            <ul>{ for reasons.iter().map(|reason| html! { <li>{ reason }</li> }) }</ul>
        </div>
    }
}
