//! The names PostgreSQL makes up for constraints, indexes and sequences nobody named. (`makeObjectName`, `ChooseRelationName`)

/// The longest name, in bytes.
const LONGEST: usize = 63;

/// `t_a_key`: the parts, cut so that the whole is short enough, and a number if `taken` says it is in use.
pub fn choose(table: &str, columns: &str, label: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    for number in 0.. {
        let label = if number == 0 { label.to_string() } else { format!("{label}{number}") };
        let name = joined(table, columns, &label);
        if !taken(&name) {
            return name;
        }
    }
    unreachable!("the numbers do not end")
}

/// `a_b` of columns a and b, as it goes into the name of an index or constraint. Expressions count as `expr`.
pub fn column_part(columns: &[&str]) -> String {
    let mut part = columns.join("_");
    let mut end = part.len().min(LONGEST);
    while !part.is_char_boundary(end) {
        end -= 1;
    }
    part.truncate(end);
    part
}

fn joined(table: &str, columns: &str, label: &str) -> String {
    let overhead = usize::from(!columns.is_empty()) + 1 + label.len();
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second + overhead > LONGEST {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let cut = |text: &str, mut end: usize| {
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text[..end].to_string()
    };
    let parts = [cut(table, first), cut(columns, second), label.to_string()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_postgresqls() {
        assert_eq!(choose("t", "", "pkey", |_| false), "t_pkey");
        assert_eq!(choose("t", &column_part(&["a", "b"]), "key", |_| false), "t_a_b_key");
        assert_eq!(choose("t", "a", "check", |name| name == "t_a_check"), "t_a_check1");
    }

    #[test]
    fn long_names_are_cut_where_they_are_longest() {
        let name = choose(&"t".repeat(60), "column", "fkey", |_| false);
        assert_eq!(name, format!("{}_column_fkey", "t".repeat(51)));
    }
}
