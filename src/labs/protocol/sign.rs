//! A shape for each kind of thing that happens, so that colour is never the only sign.

use interleave_protocols::diagram::{Deed, Tone};
use yew::prelude::*;

/// A picture of 16 by 16 units, drawn in the colour of the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Deed(Deed),
    /// A message leaves.
    Send,
    /// Something is written to disk.
    Disk,
    /// A message finds nobody.
    Nobody,
    Lock,
    Good,
    Bad,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Sign::Deed(deed) => of_deed(deed),
            Sign::Send => "M3.5 3v10M3.5 8h9.5M9.5 4.5 13 8l-3.5 3.5",
            Sign::Disk => "M4 4h8v8H4z",
            Sign::Nobody => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM4.5 11.5l7-7",
            Sign::Lock => "M3.5 7.5h9v6h-9zM5.3 7.5V5.2a2.7 2.7 0 0 1 5.4 0v2.3",
            Sign::Good => "M3 8.5 6.5 12 13 4.5",
            Sign::Bad => "M4 4l8 8M12 4l-8 8",
        }
    }

    fn filled(self) -> bool {
        matches!(self, Sign::Disk | Sign::Deed(Deed::Crash | Deed::Release))
    }
}

fn of_deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Rest => "M3 8h10",
        Deed::Act => "M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
        Deed::Deliver => "M2.5 8h8.5M7.5 4.5 11 8l-3.5 3.5M13.5 3v10",
        Deed::Overtake => "M2 11.5h3c4.5 0 2.5-7 7-7h2M11.5 2 14 4.5 11.5 7M10 11.5h4",
        Deed::Lose => "M4 4l8 8M12 4l-8 8",
        Deed::Duplicate => "M2 5.5h8M7.5 3 10 5.5 7.5 8M6 10.5h8M11.5 8l2.5 2.5-2.5 2.5",
        Deed::Hold => "M5.5 3.5v9M10.5 3.5v9",
        Deed::Release => "M5 3.5v9L12.5 8z",
        Deed::Isolate => "M1.5 8H5M11 8h3.5M6.5 4v8M9.5 4v8",
        Deed::Heal => "M1.5 8h13M5 5v6M11 5v6",
        Deed::Clock => "M4 2.5h8M4 13.5h8M5 2.5c0 3.5 6 4.5 6 11M11 2.5c0 3.5-6 4.5-6 11",
        Deed::Timeout => "M8 2.3a5.7 5.7 0 1 0 0 11.4A5.7 5.7 0 0 0 8 2.3zM8 5v3.2l2.2 1.5",
        Deed::EarlyTimeout => "M8 3.8a4.9 4.9 0 1 0 0 9.8 4.9 4.9 0 0 0 0-9.8zM8 6.2v2.6h2M6.3 1.7h3.4M8 1.7v2.1",
        Deed::Crash => "M9.2 1.8 3.8 9h3.4l-.6 5.2L12.2 7H8.6z",
        Deed::Restart => "M12.6 9.3a4.9 4.9 0 1 1-.7-4.2M12.4 2.2v3.3H9.1",
    }
}

/// The picture itself. Whoever carries it has the name.
pub fn sign(sign: Sign) -> Html {
    html! {
        <svg class="seq-sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={sign.path()} fill={if sign.filled() { "currentColor" } else { "none" }} stroke="currentColor"
                stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" />
        </svg>
    }
}

/// The path of a sign, to be drawn in a picture.
pub fn path(sign: Sign) -> &'static str {
    sign.path()
}

/// What a line says besides its words: a sign, and the word for who hears it.
pub fn tone(tone: Tone) -> Option<(Sign, &'static str, &'static str)> {
    Some(match tone {
        Tone::Plain => return None,
        Tone::Good => (Sign::Good, "good", "done: "),
        Tone::Bad => (Sign::Bad, "bad", "not done: "),
        Tone::Locked => (Sign::Lock, "locked", "not final: "),
    })
}
