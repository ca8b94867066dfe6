//! Charts: several lines over the same few places, each named where it ends. Shape and name tell lines apart, not colour alone.
//!
//! A chart is drawn 280 units wide and scales with its column. It is a picture with a name; whoever shows it gives the figures
//! as a table as well.

use crate::draw::time::grouped;
use yew::prelude::*;

/// What marks the points of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
}

impl Marker {
    /// An outline around the origin, 8 units wide.
    pub fn path(self) -> &'static str {
        match self {
            Marker::Circle => "M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z",
            Marker::Square => "M-3.2-3.2h6.4v6.4h-6.4z",
            Marker::Triangle => "M0-4 4 3.2h-8z",
            Marker::Diamond => "M0-4.4 4.4 0 0 4.4-4.4 0z",
            Marker::Cross => "M-3.4-3.4 3.4 3.4M-3.4 3.4 3.4-3.4",
        }
    }
}

/// A marker beside a name: a legend's entry.
pub fn marker(marker: Marker) -> Html {
    html! {
        <svg class="chart-marker" viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true" focusable="false">
            <path d={marker.path()} />
        </svg>
    }
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Stands where the line ends.
    pub label: String,
    /// The style sheet's role of it.
    pub role: &'static str,
    pub marker: Marker,
    /// At each place of the chart; `None` where nothing was measured.
    pub values: Vec<Option<f64>>,
}

/// Lines over places that have an order and no distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What is measured.
    pub title: String,
    /// Of the values: `ms`. May be empty.
    pub unit: &'static str,
    /// What the places are.
    pub along: String,
    pub places: Vec<String>,
    pub series: Vec<Series>,
}

const WIDTH: f64 = 280.0;
const HEIGHT: f64 = 168.0;
const LEFT: f64 = 38.0;
const RIGHT: f64 = 184.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 134.0;
/// Between two names.
const LEADING: f64 = 14.0;

impl Chart {
    /// The chart with its title.
    pub fn draw(&self) -> Html {
        let top = ceiling(self.values().fold(0.0, f64::max));
        let y = |value: f64| BOTTOM - value / top * (BOTTOM - TOP);
        let ticks = [0.0, top / 2.0, top];
        html! {
            <figure class="chart">
                <figcaption class="cap"><b>{ &self.title }</b>if !self.unit.is_empty() { <span>{ self.unit }</span> }</figcaption>
                <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={self.words()}>
                    { for ticks.into_iter().map(|tick| html! {
                        <>
                            <line class="chart-grid" x1={units(LEFT)} x2={units(RIGHT)} y1={units(y(tick))} y2={units(y(tick))} />
                            <text class="chart-tick" x={units(LEFT - 6.0)} y={units(y(tick) + 3.5)} text-anchor="end">{ number(tick) }</text>
                        </>
                    }) }
                    { for self.places.iter().enumerate().map(|(i, place)| html! {
                        <text class="chart-tick" x={units(self.x(i))} y={units(BOTTOM + 15.0)} text-anchor="middle">{ place }</text>
                    }) }
                    <text class="chart-tick" x={units((LEFT + RIGHT) / 2.0)} y={units(BOTTOM + 29.0)} text-anchor="middle">{ &self.along }</text>
                    { for self.series.iter().map(|series| self.line(series, &y)) }
                    { for self.names(&y) }
                </svg>
            </figure>
        }
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.series.iter().flat_map(|series| series.values.iter().flatten().copied())
    }

    fn x(&self, place: usize) -> f64 {
        let gaps = self.places.len().saturating_sub(1).max(1) as f64;
        LEFT + 8.0 + place as f64 / gaps * (RIGHT - LEFT - 16.0)
    }

    fn points<'s>(&'s self, series: &'s Series) -> impl Iterator<Item = (f64, f64)> {
        series.values.iter().enumerate().filter_map(|(i, value)| Some((self.x(i), (*value)?)))
    }

    fn line(&self, series: &Series, y: &impl Fn(f64) -> f64) -> Html {
        let path: Vec<String> =
            self.points(series).map(|(x, value)| format!("{} {}", units(x), units(y(value)))).collect();
        html! {
            <g class={classes!("chart-series", series.role)}>
                <path class="chart-line" d={format!("M{}", path.join("L"))} />
                { for path.iter().map(|at| html! {
                    <path class="chart-point" d={series.marker.path()} transform={format!("translate({at})")} />
                }) }
            </g>
        }
    }

    /// The names beside the ends of the lines, apart from each other, each with a thread to its line.
    fn names<'s>(&'s self, y: &'s impl Fn(f64) -> f64) -> impl Iterator<Item = Html> + 's {
        let ends: Vec<(&Series, f64, f64)> = self
            .series
            .iter()
            .filter_map(|series| self.points(series).last().map(|(x, value)| (series, x, y(value))))
            .collect();
        let wanted: Vec<f64> = ends.iter().map(|end| end.2).collect();
        let places = apart(&wanted, LEADING, TOP, BOTTOM);
        ends.into_iter().zip(places).map(|((series, x, end), place)| html! {
            <g class={classes!("chart-name", series.role)}>
                <path class="chart-thread" d={format!("M{} {}L{} {}", units(x + 6.0), units(end), units(RIGHT + 8.0), units(place))} />
                <text x={units(RIGHT + 12.0)} y={units(place + 3.8)}>{ &series.label }</text>
            </g>
        })
    }

    /// The chart in a sentence: each line from its first place to its last.
    fn words(&self) -> String {
        let lines = self.series.iter().filter_map(|series| {
            let mut values = series.values.iter().flatten();
            let first = values.next()?;
            let last = values.next_back().unwrap_or(first);
            Some(format!("{}: {} to {}", series.label, number(*first), number(*last)))
        });
        let lines: Vec<String> = lines.collect();
        let ends = match (self.places.first(), self.places.last()) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => String::new(),
        };
        format!("{}, from {ends} ({}). {}.", self.title, self.along, lines.join("; "))
    }
}

/// Lines of one measure that grows, one of them in front and the others behind it: for rows one compares.
pub fn growth(all: &[Vec<u32>], front: usize, slots: usize) -> Html {
    const WIDTH: f64 = 160.0;
    const HEIGHT: f64 = 36.0;
    let top = f64::from(all.iter().flatten().copied().max().unwrap_or(0)).max(1.0);
    let path = |series: &[u32]| {
        let point = |(i, value): (usize, &u32)| {
            let x = 2.0 + i as f64 / slots.max(1) as f64 * (WIDTH - 4.0);
            let y = HEIGHT - 3.0 - f64::from(*value) / top * (HEIGHT - 6.0);
            format!("{} {}", units(x), units(y))
        };
        format!("M{}", series.iter().enumerate().map(point).collect::<Vec<_>>().join("L"))
    };
    let behind = all.iter().enumerate().filter(|(i, series)| *i != front && !series.is_empty());
    html! {
        <svg class="growth" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} aria-hidden="true" focusable="false">
            <line class="chart-grid" x1="2" x2={units(WIDTH - 2.0)} y1={units(HEIGHT - 3.0)} y2={units(HEIGHT - 3.0)} />
            { for behind.map(|(_, series)| html! { <path class="growth-behind" d={path(series)} /> }) }
            if let Some(series) = all.get(front).filter(|series| !series.is_empty()) {
                <path class="chart-line" d={path(series)} />
            }
        </svg>
    }
}

/// Moves places apart until each is `gap` from the next, as little as it takes, between `low` and `high`. In the order given.
fn apart(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut places = wanted.to_vec();
    let mut least = low;
    for &i in &order {
        places[i] = places[i].max(least);
        least = places[i] + gap;
    }
    let mut most = high;
    for &i in order.iter().rev() {
        places[i] = places[i].min(most);
        most = places[i] - gap;
    }
    places
}

/// The least round number that is no less than `value`: few digits, and so has its half.
fn ceiling(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powi(value.log10().floor() as i32);
    let step = [1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .into_iter()
        .find(|step| step * power >= value * 0.999_999);
    step.unwrap_or(10.0) * power
}

/// A value with the digits that matter at its size.
pub fn number(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        size if size >= 100.0 => grouped(value.round() as u64),
        size if size >= 10.0 => trimmed(format!("{value:.1}")),
        _ => trimmed(format!("{value:.2}")),
    }
}

fn trimmed(text: String) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').into(),
        false => text,
    }
}

/// A length in the picture: a tenth of a unit is finer than anyone sees.
fn units(length: f64) -> String {
    trimmed(format!("{length:.1}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number() {
        let ceilings = [0.0, 0.03, 1.0, 7.2, 12.0, 39.0, 41.0, 612.0].map(ceiling);
        assert_eq!(ceilings.map(number), ["1", "0.03", "1", "8", "12", "40", "50", "800"]);
    }

    #[test]
    fn numbers_have_the_digits_that_matter() {
        assert_eq!(
            [0.0, 0.254, 3.0, 14.06, 250.4, 12_345.0].map(number),
            ["0", "0.25", "3", "14.1", "250", "12\u{202f}345"]
        );
    }

    #[test]
    fn names_keep_their_distance_and_stay_inside() {
        assert_eq!(apart(&[50.0, 20.0], 10.0, 0.0, 100.0), [50.0, 20.0]);
        assert_eq!(apart(&[50.0, 48.0, 49.0], 10.0, 0.0, 100.0), [68.0, 48.0, 58.0]);
        assert_eq!(apart(&[99.0, 100.0, 98.0], 10.0, 0.0, 100.0), [90.0, 100.0, 80.0]);
    }

    #[test]
    fn a_chart_can_be_read_aloud() {
        let series = Series {
            label: "FOR UPDATE".into(),
            role: "role-poll",
            marker: Marker::Circle,
            values: vec![Some(100.0), None, Some(12.5)],
        };
        let places = ["4", "2", "1"].map(String::from).into();
        let chart = Chart {
            title: "Commits a second".into(),
            unit: "",
            along: "hot accounts".into(),
            places,
            series: vec![series],
        };
        assert_eq!(chart.words(), "Commits a second, from 4 to 1 (hot accounts). FOR UPDATE: 100 to 12.5.");
    }
}
