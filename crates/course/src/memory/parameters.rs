//! The twenty-one numbers that FSRS-6 is fitted with.

/// *w₀* to *w₂₀*. The default was fitted to some 700 million reviews of Anki's users (`fsrs4anki`, "FSRS-6").
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    pub(super) w: [f64; 21],
}

/// Which parameter is none, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfBounds {
    /// Its index, 0 to 20.
    pub index: usize,
    /// What was asked for.
    pub value: f64,
    /// The least and the greatest that it may be.
    pub bounds: (f64, f64),
}

impl std::fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (least, most) = self.bounds;
        write!(f, "parameter w{} is {}: it is between {least} and {most}", self.index, self.value)
    }
}

/// What each of them may be (py-fsrs 6, `LOWER_BOUNDS_PARAMETERS` and `UPPER_BOUNDS_PARAMETERS`).
const BOUNDS: [(f64, f64); 21] = [
    // The stability after the first answer, by its rating.
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    (0.001, 100.0),
    // The difficulty: at first, how it differs by rating, how it changes, how it goes back to the mean.
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    // The stability after a success.
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    // The stability after a lapse.
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    // What "hard" takes off a success and "easy" adds to it.
    (0.0, 1.0),
    (1.0, 6.0),
    // The stability after another answer on the same day.
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    // How steeply one forgets.
    (0.1, 0.8),
];

impl Parameters {
    /// What py-fsrs, fsrs-rs and ts-fsrs begin with.
    pub const DEFAULT: Self = Self {
        w: [
            0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
            0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
        ],
    };

    /// Parameters of one's own, for instance fitted to one's own reviews; or the first one that is out of its bounds (NaN is).
    pub fn new(w: [f64; 21]) -> Result<Self, OutOfBounds> {
        for (index, (value, bounds)) in w.into_iter().zip(BOUNDS).enumerate() {
            if !(bounds.0..=bounds.1).contains(&value) {
                return Err(OutOfBounds { index, value, bounds });
            }
        }
        Ok(Self { w })
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}
