//! A number as people write it.

/// Reads `1 500`, `−2.5`, `1e3`, and a unit after it if it is the question's own.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn number(typed: &str, unit: &str) -> Result<f64, String> {
    let typed = typed.trim();
    // The sign that typographers use for minus is not the one that keyboards have.
    let typed = typed.replace('\u{2212}', "-");
    let (figures, after) = split(&typed);
    if figures.contains(',') {
        return Err(
            "A comma can mean two things: write a point before decimals, and nothing or a blank between thousands."
                .into(),
        );
    }
    let after = after.trim();
    if !after.is_empty() && !unit.trim().is_empty() && !same_unit(after, unit) {
        return Err(format!("The answer is counted in {}.", unit.trim()));
    }
    let plain: String = figures.chars().filter(|c| !c.is_whitespace()).collect();
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() && grouped(figures) => Ok(value),
        _ => Err("This cannot be read as a number: write figures, with a point before decimals.".into()),
    }
}

/// The figures, and what stands behind them.
fn split(text: &str) -> (&str, &str) {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',') || c.is_whitespace();
    let end = text.find(|c| !is_figure(c)).unwrap_or(text.len());
    let (figures, after) = text.split_at(end);
    // `1e3`: an exponent, if figures follow. Otherwise a unit that begins with an e.
    if let Some(exponent) = after.strip_prefix(['e', 'E']) {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        if length > 0 && figures.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            return text.split_at(text.len() - digits.len() + length);
        }
    }
    (figures.trim_end(), after)
}

/// Blanks stand between thousands only: `1 5` is no number.
fn grouped(figures: &str) -> bool {
    let whole = figures.split(['.', 'e', 'E']).next().unwrap_or_default().trim_start_matches(['+', '-']).trim();
    let mut groups = whole.split(char::is_whitespace);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let blanks_elsewhere = figures.trim().get(figures.trim().find(whole).unwrap_or(0) + whole.len()..);
    rest.iter().all(|group| group.len() == 3)
        && (rest.is_empty() || (1..=3).contains(&first.len()))
        && !blanks_elsewhere.unwrap_or_default().contains(char::is_whitespace)
}

/// `ms` is `MS`, `connection` is `connections`; `m` is not `ms`.
fn same_unit(one: &str, other: &str) -> bool {
    let singular = |unit: &str| {
        let unit = unit.trim().trim_end_matches('.').to_lowercase();
        match unit.strip_suffix('s') {
            Some(stem) if stem.chars().count() >= 3 => stem.to_owned(),
            _ => unit,
        }
    };
    singular(one) == singular(other)
}

/// A number as it is shown: blanks between thousands from 10 000 on, and its unit.
pub fn written(value: f64, unit: &str) -> String {
    let plain = value.to_string();
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let (sign, digits) = whole.split_at(whole.len() - whole.trim_start_matches('-').len());
    let mut shown = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push('\u{a0}');
        }
        shown.push(digit);
    }
    format!("{shown}{rest}{}{}", if unit.trim().is_empty() { "" } else { "\u{a0}" }, unit.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (typed, value) in [
            ("12", 12.0),
            (" 1500 ", 1500.0),
            ("1 500", 1500.0),
            ("1\u{a0}000\u{202f}000", 1_000_000.0),
            ("-2.5", -2.5),
            ("\u{2212}2.5", -2.5),
            ("+.5", 0.5),
            ("1e3", 1000.0),
            ("2.5E-1", 0.25),
            ("40ms", 40.0),
            ("40 MS", 40.0),
            ("1 500 ms", 1500.0),
        ] {
            assert_eq!(number(typed, "ms"), Ok(value), "{typed}");
        }
        assert_eq!(number("1 connection", "connections"), Ok(1.0));
        assert_eq!(number("20 %", "%"), Ok(20.0));
        assert_eq!(number("20", "%"), Ok(20.0));
        assert_eq!(number("5 apples", ""), Ok(5.0), "a question without a unit does not mind one");
    }

    #[test]
    fn what_is_no_number_is_told_why() {
        for typed in ["", "-", ".", "five", "1 5", "1 5000", "12 34 567", "1. 5", "1..2", "--1", "NaN", "inf", "1e999"]
        {
            assert!(number(typed, "").is_err(), "{typed}: {:?}", number(typed, ""));
        }
        assert!(number("1,5", "").unwrap_err().contains("point"));
        assert_eq!(number("5 s", "ms"), Err("The answer is counted in ms.".into()));
        assert_eq!(number("5 m", "ms"), Err("The answer is counted in ms.".into()));
    }

    #[test]
    fn a_number_is_shown_with_its_unit() {
        assert_eq!(written(1500.0, "ms"), "1500\u{a0}ms");
        assert_eq!(written(-1_234_567.5, ""), "-1\u{a0}234\u{a0}567.5");
    }
}
