//! Makes a case smaller for as long as something stays true of it.

use crate::case::Case;

/// The smallest case reached from `case` by leaving things out, such that `still_fails` holds for each on the way.
pub fn shrink(case: Case, mut still_fails: impl FnMut(&Case) -> bool) -> Case {
    let mut smallest = case;
    'again: loop {
        for candidate in smaller(&smallest) {
            if still_fails(&candidate) {
                smallest = candidate;
                continue 'again;
            }
        }
        return smallest;
    }
}

/// Every case that lacks one thing, big things first: a session, a statement of the set-up, a step, a row. The last
/// candidates are the same steps with less movement between sessions.
fn smaller(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    for session in 0..case.sessions.len() {
        let mut less = case.clone();
        less.sessions.remove(session);
        for order in &mut less.orders {
            order.retain(|&other| other != session);
            order.iter_mut().filter(|other| **other > session).for_each(|other| *other -= 1);
        }
        found.push(less);
    }
    for index in (0..case.tables.len()).rev() {
        let mut less = case.clone();
        let table = less.tables.remove(index);
        less.setup.retain(|statement| !statement.split([' ', '(']).any(|word| word == table));
        found.push(less);
    }
    for index in (0..case.setup.len()).rev() {
        let mut less = case.clone();
        less.setup.remove(index);
        found.push(less);
    }
    for session in 0..case.sessions.len() {
        for step in (0..case.sessions[session].steps.len()).rev() {
            found.extend(without_step(case, session, step));
        }
    }
    for (index, statement) in case.setup.iter().enumerate() {
        for shorter in without_a_row(statement) {
            let mut less = case.clone();
            less.setup[index] = shorter;
            found.push(less);
        }
    }
    found.retain(|less| !less.tables.is_empty() && less.orders.iter().all(|order| !order.is_empty()));
    found
}

fn without_step(case: &Case, session: usize, step: usize) -> Option<Case> {
    let mut less = case.clone();
    less.sessions[session].steps.remove(step);
    if less.sessions[session].steps.is_empty() {
        return None; // the whole session was tried
    }
    for order in &mut less.orders {
        let at = order.iter().enumerate().filter(|(_, other)| **other == session).nth(step).map(|(at, _)| at);
        order.remove(at?);
    }
    Some(less)
}

/// An INSERT of several rows without one of them.
fn without_a_row(statement: &str) -> Vec<String> {
    let Some((head, rows)) = statement.split_once(" VALUES ") else { return Vec::new() };
    let rows: Vec<_> = rows.split("), (").map(|row| row.trim_matches(['(', ')'])).collect();
    if !head.starts_with("INSERT") || rows.len() < 2 {
        return Vec::new();
    }
    let without = |index: usize| {
        let left: Vec<_> =
            rows.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, row)| format!("({row})")).collect();
        format!("{head} VALUES {}", left.join(", "))
    };
    (0..rows.len()).map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Script;

    #[test]
    fn only_what_matters_is_left() {
        let script =
            |steps: &[&str]| Script { patience: 1, steps: steps.iter().map(|step| (*step).to_owned()).collect() };
        let case = Case {
            setup: vec!["CREATE TABLE oak (id int)".into(), "INSERT INTO oak VALUES (1), (2), (3)".into()],
            tables: vec!["oak".into()],
            sessions: vec![script(&["BEGIN", "COMMIT"]), script(&["BEGIN", "culprit", "COMMIT"])],
            orders: vec![vec![0, 1, 1, 0, 1]],
        };
        let small =
            shrink(case, |case| case.spec().contains("culprit") && case.setup.iter().any(|text| text.contains("(2)")));
        assert_eq!(small.setup, ["INSERT INTO oak VALUES (2)"]);
        assert_eq!(small.sessions, [script(&["culprit"])]);
        assert_eq!(small.orders, [[0]]);
    }
}
