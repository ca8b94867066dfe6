//! Functions in FROM. (PostgreSQL's `transformRangeFunction`)

use super::Analyser;
use super::from::{Item, named};
use super::functions::{function_name, set_function};
use super::scope::{Boundary, Level};
use crate::error::Run;
use crate::expr::Expr;
use crate::query::logical::{RelationSource, Tree};
use crate::query::plan::{OutputColumn, Plan, SetFunction};
use crate::query::rewrite::lower;
use crate::query::statement::Name;
use crate::query::syntax::{self, Alias};
use crate::value::Type;
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn table_function(&mut self, name: &Name, args: &[syntax::Expr], alias: Option<&Alias>) -> Run<Item> {
        let position = name.position;
        let name = function_name(name)?;
        match set_function(&name) {
            Some(function) => self.function_item(&name, function, args, alias, position),
            None => self.scalar_function_item(&name, args, alias, position),
        }
    }

    /// Analyses arguments of a function in FROM: they may read what is to the left. Whether they do is handed up.
    fn lateral_arguments<T>(&mut self, f: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        let mut level = Level::new(Boundary::Lateral);
        level.clause = "functions in FROM";
        self.levels.push(level);
        let result = f(self);
        self.levels.pop();
        result
    }

    pub(super) fn function_item(
        &mut self,
        name: &str,
        function: SetFunction,
        args: &[syntax::Expr],
        alias: Option<&Alias>,
        position: u32,
    ) -> Run<Item> {
        let (args, ty) = self.lateral_arguments(|analyser| analyser.set_call(function, args, position))?;
        self.function_relation(name, ty, args, alias, |rti, args| Plan::FunctionScan { rti, function, args })
    }

    /// A function that returns one value is a table of one row.
    fn scalar_function_item(
        &mut self,
        name: &str,
        args: &[syntax::Expr],
        alias: Option<&Alias>,
        position: u32,
    ) -> Run<Item> {
        let typed = self.lateral_arguments(|analyser| {
            let mut typed = Vec::new();
            for arg in args {
                typed.push(analyser.expr(arg)?);
            }
            analyser.call(name, typed, position)
        })?;
        self.function_relation(name, typed.ty, vec![typed.expr], alias, |rti, row| Plan::Values {
            rti,
            rows: vec![row],
        })
    }

    fn function_relation(
        &mut self,
        name: &str,
        ty: Type,
        mut args: Vec<Expr>,
        alias: Option<&Alias>,
        plan: impl FnOnce(usize, Vec<Expr>) -> Plan,
    ) -> Run<Item> {
        let lateral = args.iter().any(|arg| !crate::query::rewrite::columns(arg, 1).is_empty());
        if !lateral {
            args.iter_mut().for_each(|arg| lower(arg, 0));
        }
        let rti = self.rti();
        let shown: Rc<str> = alias.map_or(name.into(), |alias| alias.name.name.clone());
        let source = RelationSource::Plan { plan: Box::new(plan(rti, args)), width: 1 };
        let relation = self.add_relation(rti, source, lateral, shown.clone());
        let columns = self.columns_of(relation, &[OutputColumn::new(shown.clone(), ty, None)], &shown);
        Ok((Tree::Relation(relation), named(columns, &shown, alias, vec![relation], Some("a function"))?))
    }
}
