//! Sorting as PostgreSQL sorts: rows whose keys are equal come out in the very order in which its quicksort leaves them.
//! (Bentley & McIlroy, *Engineering a Sort Function*, 1993; `sort_template.h` tells the variant)

use std::cmp::Ordering;

/// Sorts rows. Not stable, and never in another order than PostgreSQL's.
pub(super) fn sort<T>(rows: &mut [T], compare: &impl Fn(&T, &T) -> Ordering) {
    let mut rows = rows;
    loop {
        let n = rows.len();
        if rows.windows(2).all(|pair| compare(&pair[0], &pair[1]).is_le()) {
            return;
        }
        if n < 7 {
            return insert(rows, compare);
        }
        let pivot = pivot(rows, compare);
        rows.swap(0, pivot);
        // Equal rows gather at both ends: `..left` and `right + 1..`.
        let (mut left, mut low) = (1, 1);
        let (mut right, mut high) = (n - 1, n - 1);
        loop {
            while low <= high {
                match compare(&rows[low], &rows[0]) {
                    Ordering::Greater => break,
                    Ordering::Equal => {
                        rows.swap(left, low);
                        left += 1;
                    }
                    Ordering::Less => {}
                }
                low += 1;
            }
            while low <= high {
                match compare(&rows[high], &rows[0]) {
                    Ordering::Less => break,
                    Ordering::Equal => {
                        rows.swap(high, right);
                        right -= 1;
                    }
                    Ordering::Greater => {}
                }
                high -= 1;
            }
            if low > high {
                break;
            }
            rows.swap(low, high);
            low += 1;
            high -= 1;
        }
        // They go to the middle.
        swap_runs(rows, 0, low, left.min(low - left));
        swap_runs(rows, low, n, (right - high).min(n - right - 1));
        let (less, greater) = (low - left, right - high);
        let (head, tail) = rows.split_at_mut(n - greater);
        let head = &mut head[..less];
        // The smaller part by a call, the larger by going round again.
        let (smaller, larger) = if less <= greater { (head, tail) } else { (tail, head) };
        if smaller.len() > 1 {
            sort(smaller, compare);
        }
        if larger.len() <= 1 {
            return;
        }
        rows = larger;
    }
}

/// Exchanges `count` rows from `from` on with the `count` rows before `end`.
fn swap_runs<T>(rows: &mut [T], from: usize, end: usize, count: usize) {
    for i in 0..count {
        rows.swap(from + i, end - count + i);
    }
}

fn insert<T>(rows: &mut [T], compare: &impl Fn(&T, &T) -> Ordering) {
    for next in 1..rows.len() {
        let mut at = next;
        while at > 0 && compare(&rows[at - 1], &rows[at]).is_gt() {
            rows.swap(at - 1, at);
            at -= 1;
        }
    }
}

fn pivot<T>(rows: &[T], compare: &impl Fn(&T, &T) -> Ordering) -> usize {
    let n = rows.len();
    let middle = n / 2;
    if n == 7 {
        return middle;
    }
    let median = |a: usize, b: usize, c: usize| {
        let less = |a: usize, b: usize| compare(&rows[a], &rows[b]).is_lt();
        if less(a, b) {
            if less(b, c) {
                b
            } else if less(a, c) {
                c
            } else {
                a
            }
        } else if less(c, b) {
            b
        } else if less(a, c) {
            a
        } else {
            c
        }
    };
    if n <= 40 {
        return median(0, middle, n - 1);
    }
    let step = n / 8;
    let (low, high) = (median(0, step, 2 * step), median(n - 1 - 2 * step, n - 1 - step, n - 1));
    median(low, median(middle - step, middle, middle + step), high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_come_out_in_order_and_none_is_lost(rows in prop::collection::vec(0u8..20, 0..200)) {
            let mut sorted = rows.clone();
            sort(&mut sorted, &|a, b| a.cmp(b));
            let mut expected = rows;
            expected.sort_unstable();
            prop_assert_eq!(sorted, expected);
        }
    }

    #[test]
    fn few_rows_keep_the_order_they_came_in() {
        let mut rows = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort(&mut rows, &|a, b| a.0.cmp(&b.0));
        assert_eq!(rows, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
