//! What each client is at, as a strip of small shapes.

use interleave_sql::workload::Doing;
use yew::prelude::*;

const ALL: [Doing; 4] = [Doing::Thinking, Doing::Working, Doing::Waiting, Doing::BackingOff];

/// In a sentence about several clients.
fn words(doing: Doing) -> &'static str {
    match doing {
        Doing::Thinking => "between transactions",
        Doing::Working => "in a transaction",
        Doing::Waiting => "waiting for a lock",
        Doing::BackingOff => "about to try again",
    }
}

fn class(doing: Doing) -> &'static str {
    match doing {
        Doing::Thinking => "client thinking",
        Doing::Working => "client working",
        Doing::Waiting => "client waits",
        Doing::BackingOff => "client backing-off",
    }
}

/// Around the origin, 8 units wide. The shapes differ as much as the colours.
fn shape(doing: Doing) -> &'static str {
    match doing {
        Doing::Thinking => "M-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0z",
        Doing::Working => "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        Doing::Waiting => "M-3.5-4h2.6v8h-2.6zM.9-4h2.6v8h-2.6z",
        Doing::BackingOff => "M3.6-2.4A4.2 4.2 0 1 0 4.2 .6M4.4-4.4v2.6h-2.6",
    }
}

/// The clients of one strategy.
pub fn clients(clients: &[Doing]) -> Html {
    /// In a row.
    const MOST: usize = 16;
    let rows = clients.len().div_ceil(MOST).max(1);
    let width = 12 * clients.len().clamp(1, MOST);
    html! {
        <svg class="clients" viewBox={format!("0 0 {width} {}", 12 * rows)} width={width.to_string()} height={(12 * rows).to_string()}
            role="img" aria-label={summary(clients)}>
            { for clients.iter().enumerate().map(|(i, doing)| html! {
                <path class={class(*doing)} d={shape(*doing)}
                    transform={format!("translate({} {})", 12 * (i % MOST) + 6, 12 * (i / MOST) + 6)} />
            }) }
        </svg>
    }
}

/// `7 between transactions, 5 waiting for a lock`
fn summary(clients: &[Doing]) -> String {
    let parts = ALL.into_iter().filter_map(|doing| {
        let count = clients.iter().filter(|client| **client == doing).count();
        (count > 0).then(|| format!("{count} {}", words(doing)))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// What the shapes mean.
pub fn legend() -> Html {
    html! {
        <ul class="client-legend" aria-label="What a client is at">
            { for ALL.into_iter().map(|doing| html! {
                <li>
                    <svg class="clients" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
                        <path class={class(doing)} d={shape(doing)} transform="translate(6 6)" />
                    </svg>
                    { words(doing) }
                </li>
            }) }
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_can_be_read_aloud() {
        let clients = [Doing::Waiting, Doing::Thinking, Doing::Waiting];
        assert_eq!(summary(&clients), "1 between transactions, 2 waiting for a lock");
    }
}
