//! The program, what it prints, and what it stands on.

use super::reading::Read;
use super::room::Props;
use crate::draw::code::{Fault, Listing};
use crate::draw::console::{Console, Props as ConsoleProps};
use crate::draw::fold::fold;
use crate::draw::highlight::Language;
use crate::draw::program::Program;
use interleave_queries::{Outcome, Scenario, Shop};
use std::rc::Rc;
use yew::prelude::*;

/// The column.
pub fn listing(props: &Props, read: Option<&Read>) -> Html {
    let scenario = &props.scenario;
    let onedit = {
        let (edit, scenario) = (props.edit.clone(), scenario.clone());
        Callback::from(move |program| edit.emit(Scenario { program, ..scenario.clone() }))
    };
    let read = read.filter(|_| !props.stale);
    let about = props.moment.about.and_then(|query| read?.run.log.queries.get(query as usize));
    // What is beneath the program has its place also when it is empty: an editor that is open stays the same one.
    let outcome = read.filter(|_| props.moment.over).map(|read| &read.run.outcome);
    html! {
        <div class="queries-program">
            <Program source={scenario.program.clone()} stale={props.stale} line={about.and_then(|query| query.asker.line)}
                fault={outcome.and_then(fault)} role="role-poll" module="main.js" {onedit} onrun={props.start.clone()} />
            { outcome.map(stopped).unwrap_or_default() }
            { read.map(|read| console(props, read)).unwrap_or_default() }
            <Sources shop={scenario.shop.clone()} pool={scenario.pool} />
        </div>
    }
}

/// The line that ended the run, if a line did.
fn fault(outcome: &Outcome) -> Option<Fault> {
    match outcome {
        Outcome::Rejected { message, line, .. } => Some(Fault { line: *line, message: message.clone().into() }),
        Outcome::Stopped { message, line } | Outcome::Threw { message, line, .. } => {
            Some(Fault { line: (*line)?, message: message.clone().into() })
        }
        Outcome::Exited { .. } => None,
    }
}

/// What ended the run, if no line did: a database that cannot be set up, an error in a module.
fn stopped(outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Stopped { message, line: None } | Outcome::Threw { message, line: None, .. } => {
            html! { <p class="queries-fault" role="note">{ message }</p> }
        }
        _ => Html::default(),
    }
}

fn console(props: &Props, read: &Read) -> Html {
    let moment = &props.moment;
    let printed = &read.run.printed;
    let until = printed.partition_point(|print| print.at <= moment.clock);
    let outcome = moment.over.then(|| Rc::new(read.run.outcome.clone()));
    html! { <Console ..{ConsoleProps::of(&printed[..until], |number, _| read.prints[number], outcome, &props.go)} /> }
}

#[derive(PartialEq, Properties)]
struct SourceProps {
    shop: Shop,
    pool: u32,
}

/// The texts that a reader does not edit.
#[component]
fn Sources(props: &SourceProps) -> Html {
    let module = Scenario { pool: props.pool, ..Scenario::default() }.module();
    html! {
        <>
            { fold("shop.js", "the pool, and what the ORM knows", "source", false, html! {
                <Listing source={module} label="Text of shop.js" />
            }) }
            { fold("shop.sql", "what sets the database up", "source", false, html! {
                <Listing source={props.shop.schema()} language={Language::Sql} label="Text of shop.sql" />
            }) }
        </>
    }
}
