//! Draws a form, and makes what is set in it.

use super::form::{Field, Group, Kind};
use crate::labs::protocol::subject::{Subject, put};
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

impl Group {
    /// A fieldset, or one for each item of a list and a way to have one more.
    pub fn view(&'static self, subject: &Subject, change: &Callback<Subject>) -> Vec<Html> {
        let Some(each) = &self.each else { return vec![self.set(subject, change, "", 0, Html::default())] };
        let items = subject.scenario().pointer(each).and_then(Value::as_array).map_or(0, Vec::len);
        let mut sets: Vec<_> = (0..items)
            .map(|at| {
                self.set(subject, change, &format!("{each}/{at}"), at, self.moves(subject, change, each, at, items))
            })
            .collect();
        if items < self.most {
            let add = edit(subject, change, move |list| list.push(self.item.clone()), each);
            sets.push(
                html! { <button key="add" type="button" class="lab-button" onclick={add}>{ "One more" }</button> },
            );
        }
        sets
    }

    fn set(&'static self, subject: &Subject, change: &Callback<Subject>, root: &str, at: usize, moves: Html) -> Html {
        let title = self.title.replace("{n}", &(at + 1).to_string());
        html! {
            <fieldset key={title.clone()}>
                <legend>{ title }</legend>
                { for self.fields.iter().flat_map(|field| field.view(subject, change, root)) }
                { moves }
            </fieldset>
        }
    }

    /// An item of a list goes before the one in front of it, or away.
    fn moves(
        &self,
        subject: &Subject,
        change: &Callback<Subject>,
        each: &'static str,
        at: usize,
        items: usize,
    ) -> Html {
        let earlier = edit(subject, change, move |list| list.swap(at.saturating_sub(1), at), each);
        let away = edit(subject, change, move |list| drop(list.remove(at)), each);
        html! {
            <div class="moves">
                <button type="button" class="lab-button" onclick={earlier} disabled={at == 0}>{ "Earlier" }</button>
                <button type="button" class="lab-button" onclick={away} disabled={items < 2}>{ "Take away" }</button>
            </div>
        }
    }
}

/// Changes a list of the scenario.
fn edit(
    subject: &Subject,
    change: &Callback<Subject>,
    how: impl Fn(&mut Vec<Value>) + 'static,
    place: &'static str,
) -> Callback<MouseEvent> {
    let subject = subject.clone();
    change.reform(move |_| {
        subject.with(|scenario| {
            if let Some(Value::Array(list)) = scenario.pointer_mut(place) {
                how(list);
            }
        })
    })
}

impl Field {
    /// The field, or one for each of several. `root` is where places begin.
    fn view(&'static self, subject: &Subject, change: &Callback<Subject>, root: &str) -> Vec<Html> {
        let holds =
            |(place, value): &(String, Value)| subject.scenario().pointer(&format!("{root}{place}")) == Some(value);
        if self.when.as_ref().is_some_and(|when| !holds(when)) {
            return Vec::new();
        }
        let place = format!("{root}{}", self.place);
        if let Kind::Members(count) = &self.kind {
            return (1..=number(subject, count)).map(|member| self.member(subject, change, &place, member)).collect();
        }
        match &self.count {
            None => vec![self.one(subject, change, place, self.label.clone())],
            Some(count) => (0..number(subject, count))
                .map(|at| self.one(subject, change, format!("{place}/{at}"), self.numbered(at + 1)))
                .collect(),
        }
    }

    fn numbered(&self, number: usize) -> String {
        self.label.replace("{n}", &number.to_string())
    }

    fn one(&'static self, subject: &Subject, change: &Callback<Subject>, place: String, label: String) -> Html {
        let now = subject.scenario().pointer(&place).filter(|value| !value.is_null()).unwrap_or(&self.usual).clone();
        let set = {
            let subject = subject.clone();
            change.reform(move |value: Value| subject.with(|scenario| self.put(scenario, &place, value)))
        };
        match &self.kind {
            Kind::Switch(usual) => {
                let on = now.as_bool().unwrap_or(*usual);
                switch(label, on, &set.reform(Value::Bool))
            }
            Kind::Text(most) => {
                let onchange =
                    set.reform(|event: Event| Value::String(event.target_unchecked_into::<HtmlInputElement>().value()));
                let value = now.as_str().unwrap_or_default().to_owned();
                html! {
                    <label class="form-row"><span>{ label }</span>
                        <input type="text" class="pill" maxlength={most.to_string()} {value} {onchange} />
                    </label>
                }
            }
            Kind::Range(least, most) => {
                let options = (*least..=*most).map(|number| (number.to_string(), Value::from(number)));
                select(label, options.collect(), &now, set)
            }
            Kind::Options(options) => select(label, options.clone(), &now, set),
            Kind::Members(_) => Html::default(),
        }
    }

    /// Whether one number is in the list.
    fn member(&self, subject: &Subject, change: &Callback<Subject>, place: &str, member: usize) -> Html {
        let list = subject.scenario().pointer(place).and_then(Value::as_array).cloned().unwrap_or_default();
        let value = Value::from(member);
        let on = list.contains(&value);
        let (subject, place) = (subject.clone(), place.to_owned());
        let set = change.reform(move |on: bool| {
            let others = list.iter().filter(|it| **it != value).cloned();
            let members: Vec<Value> = others.chain(on.then(|| value.clone())).collect();
            subject.with(|scenario| put(scenario, &place, members.into()))
        });
        switch(self.numbered(member), on, &set)
    }

    /// Sets it, and cuts what has become too long.
    fn put(&self, scenario: &mut Value, place: &str, value: Value) {
        let most = value.as_u64().and_then(|most| usize::try_from(most).ok());
        put(scenario, place, value);
        for list in &self.trims {
            // `/steps/*/answers` is a list of every step.
            let (before, after) = list.split_once("/*").unwrap_or((list, ""));
            let Some(found) = scenario.pointer_mut(before) else { continue };
            let lists: Vec<&mut Value> = match found {
                Value::Array(items) if list.contains("/*") => {
                    items.iter_mut().filter_map(|item| item.pointer_mut(after)).collect()
                }
                other => vec![other],
            };
            for list in lists {
                if let (Value::Array(items), Some(most)) = (list, most) {
                    items.retain(|item| item.as_u64().is_none_or(|number| number <= most as u64));
                    items.truncate(most);
                }
            }
        }
    }
}

fn number(subject: &Subject, place: &str) -> usize {
    subject.scenario().pointer(place).and_then(Value::as_u64).map_or(0, |number| number.min(16) as usize)
}

fn switch(label: String, on: bool, set: &Callback<bool>) -> Html {
    let onchange = set.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! { <label class="switch"><input type="checkbox" checked={on} {onchange} /><span>{ label }</span></label> }
}

fn select(label: String, options: Vec<(String, Value)>, now: &Value, set: Callback<Value>) -> Html {
    let chosen = options.iter().position(|(_, value)| value == now);
    let names: Vec<String> = options.iter().map(|(name, _)| name.clone()).collect();
    let onchange = set.reform(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        let option = usize::try_from(index).ok().and_then(|index| options.get(index));
        // A form has no word for nothing but none.
        option.map(|(_, value)| value.clone()).filter(|value| value != "").unwrap_or_default()
    });
    html! {
        <label class="form-row"><span>{ label }</span>
            <select class="pill" {onchange}>
                { for names.into_iter().enumerate().map(|(at, name)| html! {
                    <option selected={chosen == Some(at)}>{ name }</option>
                }) }
            </select>
        </label>
    }
}
