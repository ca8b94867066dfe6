//! CREATE VIEW. (`view.c`)

use super::names::Named;
use crate::catalog::{Relation, View};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::Statement;
use crate::query::plan::OutputColumn;
use crate::query::statement::CreateView;
use crate::query::syntax::{Body, SelectItem};
use crate::store::references::quote;
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    pub(super) fn create_view(&mut self, me: SessionId, create: &CreateView) -> Run<()> {
        let name = &create.name.name;
        self.creatable(&create.name)?;
        let Statement::Query(query) = &create.query.statement else {
            return Err(SqlError::unsupported("this view is").into());
        };
        let prepared = self.plan(me, &create.query, None, &[])?;
        if prepared.writes {
            let message = "views must not contain data-modifying statements in WITH";
            return Err(SqlError::new("0A000", message).into());
        }
        let names = names(&prepared.columns, create)?;
        let parts = prepared.relations.iter().filter_map(|(oid, _)| self.catalog.relations.get(oid));
        let reads_temporary = parts.into_iter().any(|relation| self.is_temporary(relation));
        if reads_temporary && !create.temporary {
            let message = format!("view \"{name}\" will be a temporary view");
            self.say(me, SqlError::new("00000", message));
        }
        let temporary = create.temporary || reads_temporary;
        let mut view =
            View { oid: 0, name: Rc::clone(name), query: Rc::clone(&create.text), columns: names, temporary };
        let stars = matches!(&query.body, Body::Select(select) if select.items.iter().any(is_star));
        if stars {
            // A star means the columns of now, not those of whenever the view is read.
            view.query = spelled_out(&prepared.columns, &create.text).unwrap_or(view.query);
        }
        if create.or_replace
            && let Some(old) = self.find(&create.name)
        {
            let Relation::View(old) = old else {
                return Err(SqlError::new("42809", format!("\"{name}\" is not a view")).into());
            };
            self.lock_relation(me, old.oid, LockMode::AccessExclusive)?;
            self.must_fit(me, &old, &view.columns, &prepared.columns)?;
            view.oid = old.oid;
        } else {
            self.claim(me, name, temporary, Named::Typed)?;
            view.oid = self.new_oid();
            self.lock_relation(me, view.oid, LockMode::AccessExclusive)?;
        }
        self.redefine(me, view.oid, Some(Relation::View(Rc::new(view))));
        Ok(())
    }

    /// A view can be replaced by one that has the same columns first. (`checkViewTupleDesc`)
    fn must_fit(&self, me: SessionId, old: &View, names: &[Rc<str>], columns: &[OutputColumn]) -> Run<()> {
        let before = self.analysed(me, old, &self.catalog)?;
        if names.len() < old.columns.len() {
            return Err(SqlError::new("42P16", "cannot drop columns from view").into());
        }
        for (at, (old_name, old)) in old.columns.iter().zip(&before.columns).enumerate() {
            if *old_name != names[at] {
                let message = format!("cannot change name of view column \"{old_name}\" to \"{}\"", names[at]);
                let hint = "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.";
                return Err(SqlError::new("42P16", message).hint(hint).into());
            }
            let new = &columns[at];
            if (old.ty, old.typmod) != (new.ty, new.typmod) {
                let message = format!(
                    "cannot change data type of view column \"{old_name}\" from {} to {}",
                    old.ty.name_with(old.typmod),
                    new.ty.name_with(new.typmod)
                );
                return Err(SqlError::new("42P16", message).into());
            }
        }
        Ok(())
    }
}

/// The view's columns: the query's, under names that may be given.
fn names(columns: &[OutputColumn], create: &CreateView) -> Result<Vec<Rc<str>>, SqlError> {
    if create.columns.len() > columns.len() {
        return Err(SqlError::new("42601", "CREATE VIEW specifies more column names than columns"));
    }
    let mut names: Vec<Rc<str>> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let name = create.columns.get(at).map_or(&column.name, |name| &name.name);
        if names.contains(name) {
            return Err(SqlError::new("42701", format!("column \"{name}\" specified more than once")));
        }
        names.push(Rc::clone(name));
    }
    Ok(names)
}

fn is_star(item: &SelectItem) -> bool {
    matches!(item, SelectItem::Star(_) | SelectItem::TableStar(_))
}

/// The query with its columns named; none if two of them have one name.
fn spelled_out(columns: &[OutputColumn], text: &str) -> Option<Rc<str>> {
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        let name = quote(&column.name);
        if names.contains(&name) {
            return None;
        }
        names.push(name);
    }
    Some(format!("SELECT {} FROM ({text}) \"*\"", names.join(", ")).into())
}
