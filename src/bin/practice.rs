//! The practice room: an app of its own, so that a page without a question does not load it.

fn main() {
    interleave::start_practice();
}
