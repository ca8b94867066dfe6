//! What a person sees. Draws, never computes: no rule of any protocol is in here.

pub mod draw;
pub mod labs;
pub mod pages;
pub mod player;
pub mod worker;

/// Brings a prerendered page to life. Called once, by `main`.
pub fn start() {
    labs::island::guard_against_panics();
    labs::mount_labs();
    pages::islands::mount();
}
