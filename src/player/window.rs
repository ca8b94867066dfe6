//! Which rows of a long list are worth drawing.

use std::ops::Range;

/// Height of a row in pixels. The style sheet says the same.
pub const ROW: usize = 44;

/// Rows drawn beyond either edge, so that a scroll finds them there.
const MARGIN: usize = 8;

/// Rows that come and go together.
const STRIDE: usize = 4;

/// The rows to draw of `len`, for a view of `height` pixels that is scrolled down by `top` pixels.
pub fn rows(len: usize, top: usize, height: usize) -> Range<usize> {
    let first = (top / ROW).min(len);
    let visible = height.div_ceil(ROW) + 1;
    // In strides, so that a list that moves by a row need not be drawn again.
    let from = first.saturating_sub(MARGIN) / STRIDE * STRIDE;
    from..(first + visible + MARGIN).next_multiple_of(STRIDE).min(len)
}

/// The place of a row among the nodes of the list: the row that comes takes the node of one that went. Rows that are drawn together *never*
/// share a place.
pub fn place(at: usize, height: usize) -> usize {
    // A list that grows a little keeps its nodes.
    at % (height.div_ceil(ROW) + 1 + 2 * (MARGIN + STRIDE)).next_multiple_of(16)
}

/// Whether the rows that are `drawn` of `len` are enough for a view of `height` pixels that is scrolled down by `top` pixels, and for a little more.
pub fn covers(drawn: &Range<usize>, len: usize, top: usize, height: usize) -> bool {
    let first = top / ROW;
    let end = first + height.div_ceil(ROW) + 1;
    drawn.start <= first.saturating_sub(STRIDE) && (end + STRIDE).min(len) <= drawn.end
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
        assert_eq!(rows(10_000, 44 * 500, 440), 492..520);
        assert_eq!(rows(10_000, 0, 440), 0..20);
        assert_eq!(rows(5, 0, 440), 0..5);
        assert_eq!(rows(0, 900, 440), 0..0);
        assert_eq!(rows(30, 1_000_000, 440), 20..30);
    }

    #[test]
    fn a_short_scroll_draws_nothing() {
        let drawn = rows(10_000, 44 * 500, 440);
        assert!(covers(&drawn, 10_000, 44 * 500, 440));
        assert!(covers(&drawn, 10_000, 44 * 496, 440) && !covers(&drawn, 10_000, 44 * 495, 440));
        assert!(covers(&drawn, 10_000, 44 * 505, 440) && !covers(&drawn, 10_000, 44 * 506, 440));
        assert!(covers(&rows(5, 0, 440), 5, 0, 440), "there are no more");
    }

    #[test]
    fn rows_that_are_drawn_together_have_places_of_their_own() {
        for height in [480, 481, 900] {
            for top in 0..2_000 {
                let drawn = rows(10_000, top * 7, height);
                let places: std::collections::BTreeSet<usize> = drawn.clone().map(|at| place(at, height)).collect();
                assert_eq!(places.len(), drawn.len(), "{top} {height}");
            }
        }
    }

    #[test]
    fn a_row_in_sight_is_left_alone() {
        assert_eq!(reveal(3, 0, 440), None);
        assert_eq!(reveal(10, 0, 440), Some(294));
        assert_eq!(reveal(2, 440, 440), Some(0));
    }
}
