//! Where things are: lanes across, as shares of the width, which nobody knows here; rows down, in pixels.

/// How high things are. The style sheet has the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// A moment.
    pub row: u32,
    /// What is said of a broken rule, below the row in which it broke.
    pub band: u32,
}

impl Scale {
    pub const FULL: Self = Self { row: 36, band: 48 };
    pub const SMALL: Self = Self { row: 26, band: 44 };
}

/// The sheet that a diagram is drawn on.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub lanes: usize,
    pub scale: Scale,
    /// Rows with a band below them, in order; twice if there are two.
    bands: Vec<u32>,
}

impl Sheet {
    pub fn new(lanes: usize, scale: Scale, mut bands: Vec<u32>) -> Self {
        bands.sort_unstable();
        Self { lanes: lanes.max(1), scale, bands }
    }

    /// The upper edge of a row.
    pub fn top(&self, row: u32) -> f64 {
        let bands = self.bands.partition_point(|&band| band < row) as u32;
        f64::from(row * self.scale.row + bands * self.scale.band)
    }

    /// The lower edge of a row. A band may follow.
    pub fn bottom(&self, row: u32) -> f64 {
        self.top(row) + f64::from(self.scale.row)
    }

    /// Where a row's moment is.
    pub fn middle(&self, row: u32) -> f64 {
        self.top(row) + f64::from(self.scale.row) / 2.0
    }

    /// A lane, in hundredths of the width.
    pub fn lane(&self, lane: u8) -> f64 {
        (2.0 * f64::from(lane) + 1.0) * 50.0 / self.lanes as f64
    }

    /// How steep a line is: rows that it falls while it crosses from one lane to the next.
    pub fn fall(&self, line: Line) -> f64 {
        let (across, down) = (line.to.0 - line.from.0, line.to.1 - line.from.1);
        let lanes = (across.abs() * self.lanes as f64 / 100.0).max(0.05);
        down / f64::from(self.scale.row) / lanes
    }
}

/// From one point to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub from: (f64, f64),
    pub to: (f64, f64),
}

impl Line {
    /// The point of it at that height.
    pub fn at_height(self, y: f64) -> (f64, f64) {
        let height = self.to.1 - self.from.1;
        let share = if height.abs() < f64::EPSILON { 0.5 } else { ((y - self.from.1) / height).clamp(0.0, 1.0) };
        (self.from.0 + share * (self.to.0 - self.from.0), y)
    }

    pub fn goes_left(self) -> bool {
        self.to.0 < self.from.0
    }

    /// The same line on paper that begins so much further down.
    pub fn below(self, top: f64) -> Self {
        Self { from: (self.from.0, self.from.1 - top), to: (self.to.0, self.to.1 - top) }
    }
}

/// A share of the width as an attribute. Hundredths of a hundredth are less than a pixel, and the same text on every machine.
pub fn across(x: f64) -> String {
    format!("{}%", (x * 100.0).round() / 100.0)
}

/// A height as an attribute.
pub fn down(y: f64) -> String {
    ((y * 10.0).round() / 10.0).to_string()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn lanes_stand_in_the_middle_of_equal_columns() {
        let sheet = Sheet::new(4, Scale::FULL, vec![]);
        assert_eq!([0, 1, 2, 3].map(|lane| across(sheet.lane(lane))), ["12.5%", "37.5%", "62.5%", "87.5%"]);
    }

    #[test]
    fn a_band_moves_what_is_below_it() {
        let sheet = Sheet::new(2, Scale { row: 10, band: 100 }, vec![3, 1]);
        assert_eq!([0, 1, 2, 3, 4].map(|row| sheet.top(row)), [0.0, 10.0, 120.0, 130.0, 240.0]);
    }

    #[test]
    fn how_steep_a_line_is_does_not_depend_on_how_far_it_goes() {
        let sheet = Sheet::new(4, Scale::FULL, vec![]);
        let line = |x, y| Line { from: (12.5, 0.0), to: (x, y) };
        assert_eq!(sheet.fall(line(37.5, 36.0)), 1.0);
        assert_eq!(sheet.fall(line(87.5, 108.0)), 1.0);
        assert_eq!(line(37.5, 36.0).at_height(18.0), (25.0, 18.0));
    }
}
