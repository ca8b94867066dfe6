//! DROP CONSTRAINT. (`ATExecDropConstraint`)

use super::dependents::Object;
use crate::catalog::Table;
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::plan::Oid;
use crate::query::statement::Name;
use crate::store::{SessionId, Store};

impl Store {
    /// A key or foreign key of that name. Nothing can depend on a CHECK constraint, which has no object of its own.
    pub(super) fn constraint_object(&self, table: &Table, name: &str) -> Option<Object> {
        if let Some(key) = table.foreign_keys.iter().find(|key| *key.name == *name) {
            return Some(Object::ForeignKey(key.oid, key.from));
        }
        let of_name = |oid: &&Oid| {
            let index = self.catalog.index(**oid);
            index.constraint && *index.name == *name
        };
        table.indexes.iter().find(of_name).map(|oid| Object::Key(*oid))
    }

    pub(super) fn drop_constraint(
        &mut self,
        me: SessionId,
        oid: Oid,
        name: &Name,
        if_exists: bool,
        cascade: bool,
    ) -> Run<()> {
        let table = self.table(oid);
        let name = &name.name;
        if let Some(object) = self.constraint_object(&table, name) {
            return self.drop_all(me, &[object], cascade);
        }
        if table.checks.iter().any(|check| check.name == *name) {
            let mut table = (*table).clone();
            table.checks.retain(|check| check.name != *name);
            self.redefine_table(me, table);
            return Ok(());
        }
        let message = format!("constraint \"{name}\" of relation \"{}\" does not exist", table.name);
        if !if_exists {
            return Err(SqlError::new("42704", message).into());
        }
        self.say(me, SqlError::new("00000", format!("{message}, skipping")));
        Ok(())
    }

    /// Takes the locks that dropping an object with CASCADE takes, so that it can be dropped without waiting.
    pub(super) fn prepare_drop(&mut self, me: SessionId, object: Object, cascade: bool) -> Run<()> {
        let doomed = self.doomed(me, &[object]);
        if !cascade && doomed.iter().any(|it| !it.silent && it.because.is_some()) {
            return Ok(()); // it will be refused
        }
        for it in &doomed {
            match it.object {
                Object::Relation(oid) | Object::Key(oid) | Object::Default(oid, _) => {
                    self.lock_relation(me, oid, LockMode::AccessExclusive)?;
                }
                Object::ForeignKey(oid, from) => {
                    let key = self.table(from).foreign_keys.iter().find(|key| key.oid == oid).cloned();
                    for table in key.iter().flat_map(|key| [key.from, key.to]) {
                        self.lock_relation(me, table, LockMode::AccessExclusive)?;
                    }
                }
                Object::Column(..) => {}
            }
        }
        Ok(())
    }
}
