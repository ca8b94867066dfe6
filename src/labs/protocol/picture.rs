use super::geometry::Scale;
use super::heads::{heads, lanes, names};
use super::sequence::Sequence;
use super::window::Window;
use interleave_protocols::diagram::Diagram;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub diagram: Rc<Diagram>,
}

/// The same diagram is the same picture; another one is not worth comparing.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.diagram, &other.diagram)
    }
}

/// A whole run in little room: nothing in it can be pressed. For two runs side by side.
#[component]
pub fn Picture(props: &Props) -> Html {
    let diagram = &*props.diagram;
    let window = Rc::new(Window::of(diagram, Scale::SMALL));
    html! {
        <div class={classes!("protocol", "small", lanes(diagram))} role="group" aria-label="Diagram of the run">
            { heads(diagram) }
            <Sequence {window} scale={Scale::SMALL} names={names(diagram)} at={usize::MAX} />
        </div>
    }
}
