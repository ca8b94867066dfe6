//! DROP, and dropping whatever it is. (`RemoveRelations` in `tablecmds.c`, `performMultipleDeletions`)

use super::dependents::{Doomed, Object};
use crate::catalog::{Relation, Table};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::statement::{Drop, Name, ObjectKind};
use crate::store::{SessionId, Store};

impl Store {
    pub(super) fn drop_objects(&mut self, me: SessionId, drop: &Drop) -> Run<()> {
        if drop.concurrently {
            return Err(SqlError::unsupported("DROP INDEX CONCURRENTLY is").into());
        }
        let mut objects = Vec::new();
        for name in &drop.names {
            let Some(relation) = self.find(name) else {
                self.missing(me, drop, name)?;
                continue;
            };
            if relation.kind() != drop.kind {
                return Err(wrong_kind(drop.kind, &relation).into());
            }
            let Ok(oid) = self.relation(name) else { continue };
            // An index is locked after its table, as everybody else does.
            if let Relation::Index(index) = &relation {
                self.lock_relation(me, index.table, LockMode::AccessExclusive)?;
            }
            self.lock_relation(me, oid, LockMode::AccessExclusive)?;
            self.stands_alone(&relation)?;
            let object = Object::Relation(oid);
            if !objects.contains(&object) {
                objects.push(object);
            }
        }
        self.drop_all(me, &objects, drop.cascade)
    }

    fn missing(&mut self, me: SessionId, drop: &Drop, name: &Name) -> Run<()> {
        let kind = drop.kind.word();
        let schema = name.schema.as_deref().filter(|schema| !["public", "pg_temp", "pg_catalog"].contains(schema));
        let (code, what) = match schema {
            Some(schema) => ("3F000", format!("schema \"{schema}\"")),
            None => {
                (if drop.kind == ObjectKind::Index { "42704" } else { "42P01" }, format!("{kind} \"{}\"", name.name))
            }
        };
        if !drop.if_exists {
            return Err(SqlError::new(code, format!("{what} does not exist")).into());
        }
        self.say(me, SqlError::new("00000", format!("{what} does not exist, skipping")));
        Ok(())
    }

    /// 2BP01 for an index or a sequence that is part of something.
    fn stands_alone(&self, relation: &Relation) -> Result<(), SqlError> {
        let (this, whole) = match relation {
            Relation::Index(index) if index.constraint => {
                (format!("index {}", index.name), self.describe(Object::Key(index.oid)))
            }
            Relation::Sequence(sequence) if sequence.identity => match sequence.owner {
                Some((table, column)) => {
                    (format!("sequence {}", sequence.name), self.describe(Object::Column(table, column)))
                }
                None => return Ok(()),
            },
            _ => return Ok(()),
        };
        Err(SqlError::new("2BP01", format!("cannot drop {this} because {whole} requires it"))
            .hint(format!("You can drop {whole} instead.")))
    }

    /// Drops objects with all that goes without saying; what else depends on them only if `cascade`.
    ///
    /// # Errors
    ///
    /// 2BP01 `cannot drop table a because other objects depend on it`.
    pub(super) fn drop_all(&mut self, me: SessionId, objects: &[Object], cascade: bool) -> Run<()> {
        let doomed = self.doomed(me, objects);
        self.report_doomed(me, objects, &doomed, cascade)?;
        self.lock_doomed(me, &doomed)?;
        for it in &doomed {
            self.drop_one(me, it.object)?;
        }
        Ok(())
    }

    /// `drop cascades to …`, or why it does not. (`reportDependentObjects`)
    fn report_doomed(&mut self, me: SessionId, objects: &[Object], doomed: &[Doomed], cascade: bool) -> Run<()> {
        let others: Vec<_> = doomed
            .iter()
            .rev()
            .filter(|it| !it.silent)
            .filter_map(|it| Some((self.describe(it.object), it.because?)))
            .collect();
        if others.is_empty() {
            return Ok(());
        }
        if !cascade {
            let line = |(this, because): &(String, Object)| {
                let because = match because {
                    Object::Key(oid) => format!("index {}", self.catalog.index(*oid).name),
                    other => self.describe(*other),
                };
                format!("{this} depends on {because}")
            };
            let message = match objects {
                [object] => {
                    format!("cannot drop {} because other objects depend on it", self.describe(*object))
                }
                _ => "cannot drop desired object(s) because other objects depend on them".to_owned(),
            };
            return Err(SqlError::new("2BP01", message)
                .detail(others.iter().map(line).collect::<Vec<_>>().join("\n"))
                .hint("Use DROP ... CASCADE to drop the dependent objects too.")
                .into());
        }
        let notice = match &others[..] {
            [(other, _)] => SqlError::new("00000", format!("drop cascades to {other}")),
            _ => {
                let lines: Vec<_> = others.iter().map(|(other, _)| format!("drop cascades to {other}")).collect();
                SqlError::new("00000", format!("drop cascades to {} other objects", others.len()))
                    .detail(lines.join("\n"))
            }
        };
        self.say(me, notice);
        Ok(())
    }

    fn lock_doomed(&mut self, me: SessionId, doomed: &[Doomed]) -> Run<()> {
        for it in doomed.iter().rev() {
            if let Object::Relation(oid) | Object::Key(oid) | Object::Default(oid, _) = it.object {
                self.lock_relation(me, oid, LockMode::AccessExclusive)?;
            }
        }
        for it in doomed {
            if let Object::ForeignKey(oid, from) = it.object {
                let key = self.catalog.table(from).foreign_keys.iter().find(|key| key.oid == oid).cloned();
                for table in key.iter().flat_map(|key| [key.from, key.to]) {
                    self.lock_relation(me, table, LockMode::AccessExclusive)?;
                }
            }
        }
        Ok(())
    }

    fn drop_one(&mut self, me: SessionId, object: Object) -> Run<()> {
        match object {
            Object::Relation(oid) | Object::Key(oid) => {
                match self.catalog.relations.get(&oid) {
                    Some(Relation::Table(_)) => self.ssi.table_conflict_in(me, oid)?,
                    Some(Relation::Index(index)) => {
                        let table = index.table;
                        self.ssi.transfer_to_heap(oid, table);
                    }
                    _ => {}
                }
                self.redefine(me, oid, None);
            }
            Object::ForeignKey(oid, from) => {
                let key = self.table(from).foreign_keys.iter().find(|key| key.oid == oid).cloned();
                if let Some(key) = key {
                    self.replace_foreign_key(me, &key, None);
                }
            }
            Object::Default(oid, column) => {
                let mut table = (*self.table(oid)).clone();
                table.columns[column].default = None;
                self.redefine_table(me, table);
            }
            Object::Column(oid, column) => {
                let mut table = (*self.table(oid)).clone();
                table.forget_column(column);
                self.redefine_table(me, table);
            }
        }
        Ok(())
    }
}

impl Table {
    /// A column is not there any more; its place is. What reads it goes with it.
    fn forget_column(&mut self, at: usize) {
        self.checks.retain(|check| !crate::query::rewrite::columns(&check.expr, 0).contains(&at));
        let column = &mut self.columns[at];
        column.name = format!("........pg.dropped.{}........", at + 1).into();
        column.dropped = true;
        column.not_null = false;
        column.default = None;
        column.identity_always = false;
    }
}

fn wrong_kind(wanted: ObjectKind, relation: &Relation) -> SqlError {
    let article = |kind: ObjectKind| if kind == ObjectKind::Index { "an" } else { "a" };
    let kind = relation.kind();
    SqlError::new("42809", format!("\"{}\" is not {} {}", relation.name(), article(wanted), wanted.word()))
        .hint(format!("Use DROP {} to remove {} {}.", kind.word().to_uppercase(), article(kind), kind.word()))
}
