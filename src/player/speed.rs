/// How fast a tape plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(usize);

/// Name and milliseconds a step is shown for.
const SPEEDS: &[(&str, u32)] = &[("0.25×", 4000), ("0.5×", 2000), ("1×", 1000), ("2×", 500), ("4×", 250)];

impl Default for Speed {
    fn default() -> Self {
        Self(2)
    }
}

impl Speed {
    /// Every speed, slowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..SPEEDS.len()).map(Self)
    }

    /// The speed at that place in [`Speed::all`]; the nearest one when there is none.
    pub fn nth(index: usize) -> Self {
        Self(index.min(SPEEDS.len() - 1))
    }

    pub fn index(self) -> usize {
        self.0
    }

    pub fn name(self) -> &'static str {
        SPEEDS[self.0].0
    }

    /// How long one step is shown, in milliseconds.
    pub fn interval(self) -> u32 {
        SPEEDS[self.0].1
    }

    /// Whether a voice could not keep up with the notes.
    pub fn outruns_speech(self) -> bool {
        self.interval() < 2000
    }
}
