//! Rows of older versions become rows of this one, a version at a time.

use super::super::VERSION;
use super::v1;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Members of the file that are no rows.
pub(in crate::progress) type Head = BTreeMap<String, Value>;
/// The part that a row is in, and the row.
pub(super) type Moved<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Makes a row of the next version of one: the head, its part, its name and its JSON. Or says why there is none.
type Migration = fn(&Head, &str, &str, &str) -> Result<(String, String), String>;

/// The one at index *n* leads from version *n + 1* to the next. A version that is new adds one; none is ever changed.
const MIGRATIONS: [Migration; VERSION as usize - 1] = [v1::migrate];

/// A row of `version` as it is written today.
pub(super) fn row<'a>(
    version: u32,
    head: &Head,
    part: &'a str,
    name: &str,
    text: &'a str,
) -> Result<Moved<'a>, String> {
    let mut moved: Moved = (part.into(), text.into());
    for migration in MIGRATIONS.iter().skip((version as usize).saturating_sub(1)) {
        let (part, text) = migration(head, &moved.0, name, &moved.1)?;
        moved = (part.into(), text.into());
    }
    Ok(moved)
}
