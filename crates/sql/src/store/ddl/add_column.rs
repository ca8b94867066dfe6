//! ADD COLUMN. (`ATExecAddColumn`)

use super::constraint::contains_nulls;
use super::expression::{Volatility, volatility};
use crate::error::{Run, SqlError};
use crate::query::plan::Oid;
use crate::query::source::Source;
use crate::query::statement::ColumnDef;
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    /// Adds a column. A default that is the same for all rows is kept with the column, any other is written into every row. `true`
    /// if there is a column of that name and the statement does not mind.
    pub(super) fn add_column(
        &mut self,
        me: SessionId,
        oid: Oid,
        def: &ColumnDef,
        if_not_exists: bool,
        source: &Rc<Source>,
    ) -> Run<bool> {
        let table = self.table(oid);
        let name = &def.name.name;
        if table.find_column(name).is_some() {
            let message = format!("column \"{name}\" of relation \"{}\" already exists", table.name);
            if !if_not_exists {
                return Err(SqlError::new("42701", message).into());
            }
            self.say(me, SqlError::new("42701", format!("{message}, skipping")));
            return Ok(true);
        }
        let new = self.new_column(me, &table.name, def, source, &[])?;
        let mut changed = (*table).clone();
        let at = changed.columns.len();
        let default = new.column.default.clone();
        changed.columns.push(new.column);
        if let Some(sequence) = new.sequence {
            let number = self.new_oid();
            self.add_column_sequence(me, sequence, number, (oid, at), def.ty, table.temporary);
        }
        match default {
            Some(default) if volatility(&default) == Volatility::Volatile => {
                let not_null = changed.columns[at].not_null;
                let error = contains_nulls(&changed, at);
                self.rewrite(me, changed, &mut |store, row| {
                    let value = store.evaluate(me, &default, row)?;
                    if not_null && value.is_null() {
                        return Err(error.clone().into());
                    }
                    Ok(row.iter().cloned().chain([value]).collect())
                })?;
            }
            default => {
                if let Some(default) = default {
                    changed.columns[at].missing = self.evaluate(me, &default, &[])?;
                }
                let empty = changed.columns[at].not_null && changed.columns[at].missing.is_null();
                if empty && !self.rows_now(me, &table).is_empty() {
                    return Err(contains_nulls(&changed, at).into());
                }
                self.redefine_table(me, changed);
            }
        }
        Ok(false)
    }
}
