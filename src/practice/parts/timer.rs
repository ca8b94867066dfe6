//! A clock that is shown: silent, extendable, and out of sight if one wants.

use crate::practice::store::clock::now;
use crate::practice::words;
use gloo::timers::callback::Interval;
use interleave_course::session::Clock;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct TimerProps {
    pub clock: Clock,
    /// Adds minutes.
    pub on_extend: Callback<i64>,
    pub on_pause: Callback<()>,
    /// How many minutes one press adds.
    #[prop_or(1)]
    pub step: i64,
    /// The clock has just reached its limit.
    #[prop_or_default]
    pub on_over: Callback<()>,
}

/// What is left, once a second. It says nothing by itself: `role="timer"` is not announced.
#[component]
pub fn Timer(props: &TimerProps) -> Html {
    let shown = use_state(|| true);
    let update = use_force_update();
    let (clock, on_over) = (props.clock, props.on_over.clone());
    use_effect_with(clock, move |clock| {
        let clock = *clock;
        let was_over = std::cell::Cell::new(clock.is_over(now()));
        let interval = clock.is_running().then(|| {
            Interval::new(1000, move || {
                update.force_update();
                if clock.is_over(now()) && !was_over.replace(true) {
                    on_over.emit(());
                }
            })
        });
        move || drop(interval)
    });
    let at = now();
    let left = props.clock.left(at);
    let over = props.clock.is_over(at);
    let words = match left {
        Some(0) => format!("over by {}", words::clock(props.clock.spent(at) - props.clock.limit().unwrap_or(0))),
        Some(left) => words::clock(left),
        None => words::clock(props.clock.spent(at)),
    };
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let (extend, pause, step) = (props.on_extend.clone(), props.on_pause.clone(), props.step);
    let more = if step == 1 { "1 minute more".to_string() } else { format!("{step} minutes more") };
    html! {
        <div class={classes!("clock", over.then_some("over"))} role="group" aria-label="Clock">
            if *shown {
                <span class="timer-left" role="timer" aria-label="Time left">{ words }</span>
            }
            if left.is_some() {
                <button type="button" class="button quiet" onclick={Callback::from(move |_: MouseEvent| extend.emit(step))}>{ more }</button>
            }
            <button type="button" class="button quiet" onclick={Callback::from(move |_: MouseEvent| pause.emit(()))}>{"Pause"}</button>
            <button type="button" class="button quiet" onclick={toggle}>{ if *shown { "Hide the clock" } else { "Show the clock" } }</button>
        </div>
    }
}
