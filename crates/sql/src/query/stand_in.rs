//! Stands in for `analyse` and `planner` until they are in the module tree. To be deleted then.

use super::*;
use crate::catalog::Catalog;
use crate::error::Run;
use crate::locks::LockMode;
use crate::query::plan::{Oid, OutputColumn};
use crate::value::{Style, Type};
use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings;

impl Settings {
    pub fn of(_: impl Fn(&str) -> bool) -> Self {
        Self
    }
}

pub trait Statistics {
    fn pages(&self, table: Oid) -> u32;
}

#[derive(Clone, Copy)]
pub struct Environment<'a> {
    pub catalog: &'a Catalog,
    pub statistics: &'a dyn Statistics,
    pub settings: Settings,
    pub style: Style,
}

#[derive(Clone, Debug)]
pub struct Prepared {
    pub plan: Rc<Plan>,
    pub columns: Vec<OutputColumn>,
    pub command: Command,
    pub ctes: Vec<Rc<SubPlan>>,
    pub subplans: u32,
    pub relations: Vec<(Oid, LockMode)>,
    pub params: Vec<Type>,
    pub writes: bool,
    pub locks_rows: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Select,
    Insert,
    Update,
    Delete,
}

pub type LockRelation<'a> = &'a mut dyn FnMut(Oid, LockMode) -> Run<()>;

pub fn analyse(_: Environment<'_>, _: &Parsed, _: &[Type], _: LockRelation<'_>) -> Run<Prepared> {
    Err(crate::error::SqlError::unsupported("queries are").into())
}
