//! Results as tables of characters: as isolationtester prints them, and as psql does.

/// One result, as text: `None` is null.
pub type Cells = [Vec<Option<String>>];

/// What libpq's `PQprint` writes for isolationtester (header, aligned, separator `|`): columns padded, those that look like numbers to the
/// right, `(2 rows)` and an empty line. Nothing at all for a result without columns. (`fe-print.c`)
pub fn aligned_pqprint(_names: &[&str], _rows: &Cells) -> String {
    todo!()
}

/// What psql writes in its aligned format. `right` tells which columns psql would align to the right: see [`crate::value::Type::psql_right`].
pub fn aligned_psql(_names: &[&str], _right: &[bool], _rows: &Cells) -> String {
    todo!()
}
