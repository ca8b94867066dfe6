//! Shares as bars, counts as columns. The figures stand beside them as text: the pictures are for the eye alone.

use yew::prelude::*;

/// A share from 0 to 1, in the colour of a role.
pub fn bar(share: f64, role: &'static str) -> Html {
    let width = format!("{:.1}", share.clamp(0.0, 1.0) * 100.0);
    html! {
        <svg class={classes!("share-bar", role)} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="bar-room" width="100" height="6" />
            <rect class="bar-share" {width} height="6" />
        </svg>
    }
}

/// A column for each count: its height, and below it its name. The table beneath says the same.
pub fn columns(title: &str, counts: &[(String, u32)], role: &'static str) -> Html {
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let width = 100.0 / counts.len().max(1) as f64;
    let column = |(at, (_, count)): (usize, &(String, u32))| {
        let height = f64::from(*count) / f64::from(most) * 44.0;
        let (x, y) = (at as f64 * width + width * 0.15, 48.0 - height);
        let number = |length: f64| format!("{length:.2}");
        html! {
            <rect class="column" x={number(x)} y={number(y)} width={number(width * 0.7)} height={number(height)} rx="0.6" />
        }
    };
    html! {
        <figure class={classes!("columns", role)}>
            <figcaption>{ title }</figcaption>
            <div class="columns-scroll" tabindex="0" role="group" aria-label={title.to_string()}>
                <svg viewBox="0 0 100 48" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <line class="columns-ground" x1="0" x2="100" y1="48" y2="48" />
                    { for counts.iter().enumerate().map(column) }
                </svg>
                <ol class="columns-names">
                    { for counts.iter().map(|(name, count)| html! {
                        <li><span class="columns-count">{ count }</span><span class="columns-name">{ name }</span></li>
                    }) }
                </ol>
            </div>
        </figure>
    }
}
