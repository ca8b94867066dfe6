//! What a person sees. Draws, never computes: no rule of any protocol is in here.

pub mod draw;
pub mod labs;
pub mod pages;
pub mod player;
pub mod practice;
pub mod worker;

/// Brings a prerendered page to life. Called once, by the app that every page loads.
pub fn start() {
    start_labs(labs::LABS);
    pages::islands::mount();
}

/// Brings these labs of a page to life. Called once, by an app that has nothing else.
pub fn start_labs(labs: &'static [labs::Entry]) {
    labs::island::guard_against_panics();
    labs::mount_labs(labs);
}

/// Brings the questions of a page to life. Called once, by the app that has nothing else.
pub fn start_practice() {
    labs::island::guard_against_panics();
    practice::mount();
}
