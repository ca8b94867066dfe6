//! CREATE and ALTER SEQUENCE. (`DefineSequence`, `AlterSequence`)

use super::names::Named;
use crate::catalog::{Relation, Sequence};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::statement::{AlterSequence, CreateSequence, Name, SequenceOptions};
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
        let fresh = Sequence {
            oid: 0,
            name: Rc::clone(name),
            start: 0,
            increment: 1,
            min: 0,
            max: 0,
            cycle: false,
            owner: None,
            identity: false,
            temporary: create.temporary,
            storage: 0,
        };
        let mut sequence = with_options(&fresh, &create.options, true)?;
        self.claim(me, name, create.temporary, Named::Plain)?;
        if let Some(Some((table, column))) = &create.options.owned_by {
            sequence.owner = Some(self.sequence_owner(me, table, column)?);
        }
        (sequence.oid, sequence.storage) = (self.new_oid(), self.new_oid());
        if let Some(Some(first)) = create.options.restart {
            within("RESTART", first, sequence.min, sequence.max)?;
            self.sequences.insert(sequence.storage, (first, false));
        }
        self.lock_relation(me, sequence.oid, LockMode::AccessExclusive)?;
        self.redefine(me, sequence.oid, Some(Relation::Sequence(Rc::new(sequence))));
        Ok(())
    }

    pub(super) fn alter_sequence(&mut self, me: SessionId, alter: &AlterSequence) -> Run<()> {
        if alter.if_exists && self.find(&alter.name).is_none() {
            let message = format!("relation \"{}\" does not exist, skipping", alter.name.name);
            self.say(me, SqlError::new("00000", message));
            return Ok(());
        }
        let (_, relation) = self.lock_named(me, &alter.name, LockMode::ShareRowExclusive)?;
        let Relation::Sequence(old) = relation else {
            let message = format!("\"{}\" is not a sequence", relation.name());
            return Err(SqlError::new("42809", message).into());
        };
        let mut sequence = with_options(&old, &alter.options, false)?;
        let reached = self.sequences.get(&old.storage).copied();
        let value = match alter.options.restart {
            Some(from) => Some((from.unwrap_or(sequence.start), false)),
            None => reached,
        };
        let (next, _) = value.unwrap_or((old.start, false));
        within("RESTART", next, sequence.min, sequence.max)?;
        if let Some(owner) = &alter.options.owned_by {
            sequence.owner = match owner {
                Some((table, column)) => Some(self.sequence_owner(me, table, column)?),
                None => None,
            };
        }
        // A rollback brings back the old number, and under it the old value.
        sequence.storage = self.new_oid();
        self.sequences.insert(sequence.storage, value.unwrap_or((old.start, false)));
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

/// A sequence as the statement wants it: what it does not say stays, or of a new one follows from the rest. (`init_params`)
fn with_options(old: &Sequence, options: &SequenceOptions, new: bool) -> Result<Sequence, SqlError> {
    let invalid = |message: String| SqlError::new("22023", message);
    let increment = options.increment.unwrap_or(old.increment);
    if increment == 0 {
        return Err(invalid("INCREMENT must not be zero".into()));
    }
    let (low, high) = if increment > 0 { (1, i64::MAX) } else { (i64::MIN, -1) };
    let limit = |said: Option<Option<i64>>, old: i64, otherwise: i64| match said {
        Some(said) => said.unwrap_or(otherwise),
        None if new => otherwise,
        None => old,
    };
    let (min, max) = (limit(options.min, old.min, low), limit(options.max, old.max, high));
    if min >= max {
        return Err(invalid(format!("MINVALUE ({min}) must be less than MAXVALUE ({max})")));
    }
    let first = if increment > 0 { min } else { max };
    let start = options.start.unwrap_or(if new { first } else { old.start });
    within("START", start, min, max)?;
    Ok(Sequence { start, increment, min, max, cycle: options.cycle.unwrap_or(old.cycle), ..old.clone() })
}

fn within(what: &str, value: i64, min: i64, max: i64) -> Result<(), SqlError> {
    let problem = if value < min {
        format!("{what} value ({value}) cannot be less than MINVALUE ({min})")
    } else if value > max {
        format!("{what} value ({value}) cannot be greater than MAXVALUE ({max})")
    } else {
        return Ok(());
    };
    Err(SqlError::new("22023", problem))
}
