//! Which rows of a long list are worth drawing.

use std::ops::Range;

/// Height of a row in pixels. The style sheet says the same.
pub const ROW: usize = 44;

/// Rows drawn beyond either edge, so that a scroll finds them there.
const MARGIN: usize = 12;

/// Rows that come and go together.
const STRIDE: usize = 8;

/// The rows to draw of `len`, for a view of `height` pixels that is scrolled down by `top` pixels.
pub fn rows(len: usize, top: usize, height: usize) -> Range<usize> {
    let first = (top / ROW).min(len);
    let visible = height.div_ceil(ROW) + 1;
    // In strides, so that a list that moves by a row need not be drawn again.
    let from = first.saturating_sub(MARGIN) / STRIDE * STRIDE;
    from..(first + visible + MARGIN).next_multiple_of(STRIDE).min(len)
}

/// Where to scroll so that row `at` is in sight; `None` when it already is. It comes to rest a third of the way down.
pub fn reveal(at: usize, top: usize, height: usize) -> Option<usize> {
    let (above, below) = (at * ROW, (at + 1) * ROW);
    (above < top || below > top + height).then(|| above.saturating_sub(height / 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_what_one_sees_and_a_margin() {
        assert_eq!(rows(10_000, 44 * 500, 440), 488..528);
        assert_eq!(rows(10_000, 0, 440), 0..24);
        assert_eq!(rows(5, 0, 440), 0..5);
        assert_eq!(rows(0, 900, 440), 0..0);
        assert_eq!(rows(30, 1_000_000, 440), 16..30);
    }

    #[test]
    fn a_row_in_sight_is_left_alone() {
        assert_eq!(reveal(3, 0, 440), None);
        assert_eq!(reveal(10, 0, 440), Some(294));
        assert_eq!(reveal(2, 440, 440), Some(0));
    }
}
