//! CREATE SEQUENCE. (`DefineSequence`)

use super::names::Named;
use crate::catalog::{Relation, Sequence};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::statement::{CreateSequence, Name};
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    pub(super) fn create_sequence(&mut self, me: SessionId, create: &CreateSequence) -> Run<()> {
        let name = &create.name.name;
        self.creatable(&create.name)?;
        if create.if_not_exists && self.is_taken(name, create.temporary) {
            let notice = SqlError::new("42P07", format!("relation \"{name}\" already exists, skipping"));
            self.say(me, notice);
            return Ok(());
        }
        let mut sequence = limits(create)?;
        self.claim(me, name, create.temporary, Named::Plain)?;
        if let Some((table, column)) = &create.owned_by {
            sequence.owner = Some(self.sequence_owner(me, table, column)?);
        }
        (sequence.oid, sequence.storage) = (self.new_oid(), self.new_oid());
        self.lock_relation(me, sequence.oid, LockMode::AccessExclusive)?;
        self.redefine(me, sequence.oid, Some(Relation::Sequence(Rc::new(sequence))));
        Ok(())
    }

    fn sequence_owner(&mut self, me: SessionId, table: &Name, column: &str) -> Run<(u32, usize)> {
        let (oid, relation) = self.lock_named(me, table, LockMode::AccessShare)?;
        let Relation::Table(table) = relation else {
            let message = format!("sequence cannot be owned by relation \"{}\"", relation.name());
            return Err(SqlError::new("42809", message).detail(relation.kind().not_for()).into());
        };
        let column = table.find_column(column).ok_or_else(|| {
            SqlError::new("42703", format!("column \"{column}\" of relation \"{}\" does not exist", table.name))
        })?;
        Ok((oid, column))
    }
}

/// What the statement says, and what follows from it. (`init_params`)
fn limits(create: &CreateSequence) -> Result<Sequence, SqlError> {
    let invalid = |message: String| SqlError::new("22023", message);
    let increment = create.increment.unwrap_or(1);
    if increment == 0 {
        return Err(invalid("INCREMENT must not be zero".into()));
    }
    let (low, high) = if increment > 0 { (1, i64::MAX) } else { (i64::MIN, -1) };
    let (min, max) = (create.min.unwrap_or(low), create.max.unwrap_or(high));
    if min >= max {
        return Err(invalid(format!("MINVALUE ({min}) must be less than MAXVALUE ({max})")));
    }
    let start = create.start.unwrap_or(if increment > 0 { min } else { max });
    if start < min {
        return Err(invalid(format!("START value ({start}) cannot be less than MINVALUE ({min})")));
    }
    if start > max {
        return Err(invalid(format!("START value ({start}) cannot be greater than MAXVALUE ({max})")));
    }
    Ok(Sequence {
        oid: 0,
        name: Rc::clone(&create.name.name),
        start,
        increment,
        min,
        max,
        cycle: create.cycle,
        owner: None,
        identity: false,
        temporary: create.temporary,
        storage: 0,
    })
}
