//! What a stage shows of a run: each service with its rows and its memory, and its queue at the broker.

use super::machine::{Choreography, Delivery};
use super::service::{Service, Status};
use interleave_kernel::{Note, Scene, Staged};
use serde::{Deserialize, Serialize};

/// One frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoreographyScene {
    /// Orders, stock, payment, shipping.
    pub services: Vec<Service>,
    /// What each has yet to acknowledge, oldest first.
    pub queues: Vec<Vec<Delivery>>,
    /// How many events were put aside for a person.
    pub dead_letters: u8,
}

/// What differs from the frame before. A place one past the last one is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Service(u8, Service),
    Queue(u8, Vec<Delivery>),
    DeadLetters(u8),
}

impl Scene for ChoreographyScene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        fn put<V: Clone>(places: &mut Vec<V>, at: u8, value: &V) {
            match places.get_mut(usize::from(at)) {
                Some(place) => *place = value.clone(),
                None => places.push(value.clone()),
            }
        }
        match change {
            Change::Service(at, service) => put(&mut self.services, *at, service),
            Change::Queue(at, queue) => put(&mut self.queues, *at, queue),
            Change::DeadLetters(count) => self.dead_letters = *count,
        }
    }
}

impl Staged for Choreography {
    type Scene = ChoreographyScene;

    fn changes(&self, shown: &ChoreographyScene) -> Vec<Change> {
        let mut changes = Vec::new();
        for (at, service) in (0_u8..).zip(&self.services) {
            if shown.services.get(usize::from(at)) != Some(service) {
                changes.push(Change::Service(at, service.clone()));
            }
        }
        for (at, queue) in (0_u8..).zip(&self.queues) {
            if shown.queues.get(usize::from(at)).map(Vec::as_slice) != Some(queue.as_slice()) {
                changes.push(Change::Queue(at, queue.to_vec()));
            }
        }
        changes.extend((shown.dead_letters != self.dead).then_some(Change::DeadLetters(self.dead)));
        changes
    }

    fn opening(&self) -> Note {
        Note::new(
            "**A customer is about to order.** Four services hear of each other's events, and nobody is in charge.",
        )
    }

    fn closing(&mut self) -> Option<Note> {
        let end = match self.status() {
            _ if self.dead > 0 => "an event waits for a person",
            Status::Completed => "the order is completed",
            Status::Cancelled => "the order is cancelled",
            _ => "the order service does not know how the order ended",
        };
        Some(Note::new(format!("**Nothing is left to happen:** {end}.")))
    }
}
