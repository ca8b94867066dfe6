//! DROP COLUMN: the column is hidden, its values stay where they are. (`ATExecDropColumn`)

use super::dependents::Object;
use crate::error::{Run, SqlError};
use crate::query::plan::Oid;
use crate::query::statement::Name;
use crate::store::{SessionId, Store};

impl Store {
    pub(super) fn drop_column(
        &mut self,
        me: SessionId,
        oid: Oid,
        name: &Name,
        if_exists: bool,
        cascade: bool,
    ) -> Run<()> {
        let table = self.table(oid);
        match table.column_named(&name.name) {
            Ok(column) => self.drop_all(me, &[Object::Column(oid, column)], cascade),
            Err(_) if super::column::is_system(&name.name) => {
                let message = format!("cannot drop system column \"{}\"", name.name);
                Err(SqlError::new("0A000", message).into())
            }
            Err(error) if if_exists => {
                self.say(me, SqlError::new("00000", format!("{error}, skipping")));
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}
