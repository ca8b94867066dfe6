//! The labs of databases that are an app of their own, so that a page without one does not load them.

fn main() {
    interleave::start_labs(interleave::labs::DATABASES);
}
