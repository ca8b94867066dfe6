//! What stands around the text of every page: header, footer, and the way past them.

use yew::prelude::*;

/// The part of the site a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Home,
    Guide,
    Labs,
    Practice,
    Elsewhere,
}

/// A whole page around `main`. `path` is the page's own address: with a `<base>`, a bare `#main` would lead home.
pub fn page(part: Part, path: &str, main: Html) -> Html {
    let current = |this: Part| (this == part).then_some("true");
    html! {
        <div class="site">
            // The page for what is not there is shown at addresses that are not its own: a link to its text would leave.
            if part != Part::Elsewhere {
                <a class="skip" href={format!("{path}#main")}>{"Skip to the text"}</a>
            }
            <header class="top">
                <a class="wordmark" href="./" aria-current={(part == Part::Home).then_some("page")}>{mark()}{"interleave"}</a>
                <nav aria-label="Site">
                    <a href="guide/" aria-current={current(Part::Guide)}>{"Guide"}</a>
                    <a href="labs/" aria-current={current(Part::Labs)}>{"Labs"}</a>
                    <a href="practice/" aria-current={current(Part::Practice)}>{"Practice"}</a>
                </nav>
                <button class="button theme" type="button" data-theme-toggle="true">
                    {half_moon()}
                    <span><span class="visually-hidden">{"Theme: "}</span><span data-theme-label="true">{"Auto"}</span></span>
                </button>
            </header>
            <main id="main" tabindex="-1">{main}</main>
            <footer class="foot">
                <span>{"Interleave simulates Node.js 20 in your browser: no server, no account, no tracking."}</span>
                <span>{"Free software under the MIT or the Apache 2.0 licence."}</span>
            </footer>
        </div>
    }
}

/// Shown where there is no JavaScript, above a lab that will stay still.
pub fn needs_javascript() -> Html {
    html! {
        <noscript>
            <p class="noscript">
                {"The lab needs JavaScript to run. What you see is its first frame; the text does without."}
            </p>
        </noscript>
    }
}

/// Two strands that take turns.
fn mark() -> Html {
    html! {
        <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d="M2 6h4c5 0 3 8 8 8h4" fill="none" stroke="var(--role-microtask)" stroke-width="2.4" stroke-linecap="round" />
            <path d="M2 14h4c2 0 2.8-1.3 3.4-2.8M11 8.4C11.6 7 12.3 6 14 6h4" fill="none" stroke="var(--role-timers)"
                stroke-width="2.4" stroke-linecap="round" />
        </svg>
    }
}

fn half_moon() -> Html {
    html! {
        <svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">
            <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" stroke-width="1.4" />
            <path d="M7 1.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
        </svg>
    }
}
