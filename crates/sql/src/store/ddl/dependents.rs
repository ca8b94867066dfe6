//! What cannot be without what. (PostgreSQL's `dependency.c`, with `pg_depend` read off the definitions)

use super::column::reads_sequence;
use crate::catalog::{Catalog, Relation, Table, View};
use crate::error::{Run, SqlError};
use crate::query::plan::Oid;
use crate::query::{Environment, Prepared, Settings, analyse, parse};
use crate::store::plans::Sizes;
use crate::store::{SessionId, Store};
use std::rc::Rc;

/// Something that can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    Relation(Oid),
    /// A column of a table.
    Column(Oid, usize),
    /// A PRIMARY KEY or UNIQUE constraint, by its index.
    Key(Oid),
    /// A foreign key, by its number and the table that refers.
    ForeignKey(Oid, Oid),
    /// The default of a column.
    Default(Oid, usize),
}

/// An object that is to go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doomed {
    pub object: Object,
    /// What it depends on; none if the statement names it.
    pub because: Option<Object>,
    /// It goes without saying: part of something that goes.
    pub silent: bool,
}

impl Store {
    /// Everything that goes with some objects, those that depend on others first. (`findDependentObjects`)
    pub(super) fn doomed(&self, me: SessionId, objects: &[Object]) -> Vec<Doomed> {
        let mut list = Vec::new();
        for object in objects {
            let mut around = Vec::new();
            self.add_doomed(me, Doomed { object: *object, because: None, silent: false }, &mut around, &mut list);
        }
        for doomed in &mut list {
            if objects.contains(&doomed.object) {
                doomed.because = None;
            }
        }
        list
    }

    fn add_doomed(&self, me: SessionId, doomed: Doomed, around: &mut Vec<Object>, list: &mut Vec<Doomed>) {
        if let Some(known) = list.iter_mut().find(|known| known.object == doomed.object) {
            known.silent |= doomed.silent;
            return;
        }
        if around.contains(&doomed.object) {
            return;
        }
        around.push(doomed.object);
        let mut dependents = self.dependents(me, doomed.object);
        dependents.sort_by_key(|(object, _)| std::cmp::Reverse(object.number()));
        for (object, silent) in dependents {
            self.add_doomed(me, Doomed { object, because: Some(doomed.object), silent }, around, list);
        }
        around.pop();
        list.push(doomed);
    }

    /// What depends on an object, and whether it is part of it.
    fn dependents(&self, me: SessionId, object: Object) -> Vec<(Object, bool)> {
        let mut found = Vec::new();
        let refers_by = |table: &Table, test: &dyn Fn(&crate::catalog::ForeignKey) -> bool| {
            let keys = table.referenced_by.iter().filter(|key| test(key));
            keys.map(|key| (Object::ForeignKey(key.oid, key.from), false)).collect::<Vec<_>>()
        };
        match object {
            Object::Relation(oid) => match &self.catalog.relations[&oid] {
                Relation::Table(table) => {
                    found.extend(table.indexes.iter().map(|index| (self.index_object(*index), true)));
                    found.extend(table.foreign_keys.iter().map(|key| (Object::ForeignKey(key.oid, key.from), true)));
                    found.extend(refers_by(table, &|_| true));
                    let defaults = table.columns.iter().enumerate().filter(|(_, column)| column.default.is_some());
                    found.extend(defaults.map(|(column, _)| (Object::Default(oid, column), true)));
                    let owned = self.owned_sequences(oid, None);
                    found.extend(owned.iter().map(|sequence| (Object::Relation(sequence.oid), true)));
                    found.extend(self.views_using(me, oid).into_iter().map(|view| (Object::Relation(view), false)));
                }
                Relation::View(_) => {
                    found.extend(self.views_using(me, oid).into_iter().map(|view| (Object::Relation(view), false)));
                }
                Relation::Sequence(sequence) => {
                    for relation in self.catalog.relations.values() {
                        let Relation::Table(table) = relation else { continue };
                        for (at, column) in table.columns.iter().enumerate() {
                            if column.default.as_ref().is_some_and(|expr| reads_sequence(expr, &sequence.name)) {
                                found.push((Object::Default(table.oid, at), false));
                            }
                        }
                    }
                }
                Relation::Index(index) => {
                    found.extend(refers_by(self.catalog.table(index.table), &|key| key.to_index == oid));
                }
            },
            Object::Key(oid) => {
                let table = self.catalog.table(self.catalog.index(oid).table);
                found.extend(refers_by(table, &|key| key.to_index == oid));
            }
            Object::Column(oid, column) => {
                let table = self.catalog.table(oid);
                let reads = |index: &&Oid| self.index_reads(**index, column);
                found.extend(table.indexes.iter().filter(reads).map(|index| (self.index_object(*index), true)));
                let own = table.foreign_keys.iter().filter(|key| key.from_columns.contains(&column));
                found.extend(own.map(|key| (Object::ForeignKey(key.oid, key.from), true)));
                found.extend(refers_by(table, &|key| key.to_columns.contains(&column)));
                found.push((Object::Default(oid, column), true));
                let owned = self.owned_sequences(oid, Some(column));
                found.extend(owned.iter().map(|sequence| (Object::Relation(sequence.oid), true)));
                let views = self.views_using_column(me, oid, column);
                found.extend(views.into_iter().map(|view| (Object::Relation(view), false)));
            }
            Object::ForeignKey(..) | Object::Default(..) => {}
        }
        found
    }

    fn index_object(&self, oid: Oid) -> Object {
        if self.catalog.index(oid).constraint { Object::Key(oid) } else { Object::Relation(oid) }
    }

    /// Whether an index has a column in its keys or its predicate.
    pub(super) fn index_reads(&self, index: Oid, column: usize) -> bool {
        let index = self.catalog.index(index);
        let mut exprs = index.keys.iter().map(|key| &key.expr).chain(&index.predicate);
        exprs.any(|expr| crate::query::rewrite::columns(expr, 0).contains(&column))
    }

    /// As messages call an object.
    pub(super) fn describe(&self, object: Object) -> String {
        let table = |oid: Oid| self.catalog.name_of(oid).map_or_else(String::new, ToString::to_string);
        match object {
            Object::Relation(oid) => {
                let relation = &self.catalog.relations[&oid];
                format!("{} {}", relation.kind().word(), relation.name())
            }
            Object::Column(oid, column) => {
                format!("column {} of table {}", self.catalog.table(oid).columns[column].name, table(oid))
            }
            Object::Key(oid) => {
                let index = self.catalog.index(oid);
                format!("constraint {} on table {}", index.name, table(index.table))
            }
            Object::ForeignKey(key, from) => {
                let keys = &self.catalog.table(from).foreign_keys;
                let name = keys.iter().find(|it| it.oid == key).map_or("", |it| &it.name);
                format!("constraint {name} on table {}", table(from))
            }
            Object::Default(oid, column) => {
                let name = &self.catalog.table(oid).columns[column].name;
                format!("default value for column {name} of table {}", table(oid))
            }
        }
    }

    /// The views that read a relation themselves.
    pub(super) fn views_using(&self, me: SessionId, oid: Oid) -> Vec<Oid> {
        let all = self.views();
        let reads = |view: &&Rc<View>| self.read_by_view(me, view).contains(&oid);
        all.iter().filter(reads).map(|view| view.oid).collect()
    }

    /// The views that could not be without a column.
    pub(super) fn views_using_column(&self, me: SessionId, oid: Oid, column: usize) -> Vec<Oid> {
        let direct = self.views_using(me, oid);
        if direct.is_empty() {
            return direct;
        }
        let mut table = (**self.catalog.table(oid)).clone();
        table.columns[column].dropped = true;
        let mut without = (*self.catalog).clone();
        without.relations.insert(oid, Relation::Table(Rc::new(table)));
        let breaks = |view: &Oid| match &self.catalog.relations[view] {
            Relation::View(view) => self.analysed(me, view, &without).is_err(),
            _ => false,
        };
        direct.into_iter().filter(breaks).collect()
    }

    fn views(&self) -> Vec<Rc<View>> {
        let views = self.catalog.relations.values().filter_map(|relation| match relation {
            Relation::View(view) => Some(Rc::clone(view)),
            _ => None,
        });
        views.collect()
    }

    /// Everything a view is made of, however deep, in the order in which it is locked.
    fn parts_of_view(&self, me: SessionId, view: &View) -> Vec<Oid> {
        let prepared = self.analysed(me, view, &self.catalog);
        prepared.map_or_else(|_| Vec::new(), |it| it.relations.iter().map(|(oid, _)| *oid).collect())
    }

    /// What a view reads itself, not through another view.
    fn read_by_view(&self, me: SessionId, view: &View) -> Vec<Oid> {
        let all = self.parts_of_view(me, view);
        let mut inner = Vec::new();
        for oid in &all {
            if let Some(Relation::View(part)) = self.catalog.relations.get(oid) {
                inner.extend(self.parts_of_view(me, part));
            }
        }
        all.into_iter().filter(|oid| !inner.contains(oid)).collect()
    }

    /// The query of a view, analysed in a catalog.
    pub(super) fn analysed(&self, me: SessionId, view: &View, catalog: &Catalog) -> Run<Prepared> {
        let settings = &self.session(me).settings;
        let sizes = Sizes::of(self);
        let environment = Environment {
            catalog,
            statistics: &sizes,
            settings: Settings::of(|name| settings.is_on(name)),
            style: settings.style,
            numbers: None,
        };
        let parsed = parse(&view.query)?;
        let [parsed] = parsed.as_slice() else { return Err(SqlError::unsupported("this view is").into()) };
        analyse(environment, parsed, &[], &mut |_, _| Ok(()))
    }

    /// The tables and views a view is made of.
    pub(in crate::store) fn tables_of_view(&mut self, me: SessionId, view: &Rc<View>) -> Run<Vec<u32>> {
        Ok(self.parts_of_view(me, view))
    }
}

impl Object {
    /// Dependents are taken in the order of these numbers, the highest first.
    fn number(self) -> Oid {
        match self {
            Object::Relation(oid) | Object::Column(oid, _) | Object::Key(oid) | Object::Default(oid, _) => oid,
            Object::ForeignKey(oid, _) => oid,
        }
    }
}
