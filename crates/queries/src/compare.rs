//! Other ways to write one endpoint: the product catalogue.

#[cfg(feature = "engine")]
use crate::{Preset, Scenario, run::Runner};
use crate::{detector::short, scene::Run, totals::Totals};
use interleave_node::{Nanos, Outcome};
use serde::{Deserialize, Serialize};

/// The ways, as presets are called: they answer with the same page.
pub const VARIANTS: [&str; 6] = [
    "catalogue-lazy",
    "catalogue-join",
    "catalogue-in",
    "catalogue-dataloader",
    "catalogue-projection",
    "catalogue-over-eager",
];

/// What one way comes to, and a sketch of its queries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The preset's name; `None`: the reader's own program.
    pub preset: Option<String>,
    pub totals: Totals,
    pub rows: Vec<Row>,
    /// Where the first question is on the clock of the bars.
    pub began: Nanos,
    /// Why the program did not end well.
    pub fault: Option<String>,
}

/// A group of queries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub text: String,
    pub line: Option<u32>,
    pub count: u32,
    pub bars: Vec<Bar>,
}

/// From when it left until it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    pub from: Nanos,
    pub until: Nanos,
}

/// Bars of a row in a sketch that is a few hundred pixels wide: more would be drawn over each other.
const BARS: usize = 400;

impl Standing {
    /// Of a run.
    pub fn of(preset: Option<&str>, run: &Run) -> Self {
        let rows = run.groups.iter().map(|group| {
            let queries = group.queries.iter().map(|number| &run.log.queries[*number as usize]);
            let bars = queries.filter_map(|query| Some(Bar { from: query.sent?, until: query.answered? }));
            Row {
                text: run.log.texts.get(group.text as usize).map_or(String::new(), |text| short(text)),
                line: group.line,
                count: group.queries.len() as u32,
                bars: thin(bars.collect()),
            }
        });
        let fault = match &run.outcome {
            Outcome::Exited { code: 0 } => None,
            Outcome::Exited { code } => Some(format!("exit code {code}")),
            Outcome::Threw { message, .. } | Outcome::Rejected { message, .. } | Outcome::Stopped { message, .. } => {
                Some(message.clone())
            }
        };
        let began = run.log.queries.iter().map(|query| query.asked).min().unwrap_or(0);
        Self { preset: preset.map(str::to_owned), totals: run.totals, rows: rows.collect(), began, fault }
    }
}

/// At most so many bars: neighbours become one.
fn thin(bars: Vec<Bar>) -> Vec<Bar> {
    let each = bars.len().div_ceil(BARS).max(1);
    let merge = |bars: &[Bar]| Bar { from: bars[0].from, until: bars.iter().map(|bar| bar.until).max().unwrap_or(0) };
    bars.chunks(each).map(merge).collect()
}

/// The reader's program, and every way that is not the same: all on the same shop, at the same distance. (Of an empty one, on the shop as it is
/// at first.) `done` is told of each.
#[cfg(feature = "engine")]
pub fn compare(runner: &mut Runner, scenario: &Scenario, mut done: impl FnMut(&Standing)) -> Vec<Standing> {
    let own = Standing::of(None, &runner.run(scenario));
    done(&own);
    let mut standings = vec![own];
    for preset in VARIANTS.iter().filter_map(|id| Preset::find(id)) {
        if preset.program() == scenario.program {
            standings[0].preset = Some(preset.id.to_owned());
            continue;
        }
        let scenario = scenario.with_catalogue(preset.program());
        let standing = Standing::of(Some(preset.id), &runner.run(&scenario));
        done(&standing);
        standings.push(standing);
    }
    standings
}
