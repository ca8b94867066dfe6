//! libuv's thread pool (src/threadpool.c): four threads, one line of waiting requests.

use crate::scene::{CallbackId, Nanos, Work};
use std::collections::VecDeque;

/// Threads of the pool (`UV_THREADPOOL_SIZE`).
pub const THREADS: usize = 4;
/// How many threads slow requests (`dns.lookup`) may hold at once.
const SLOW_AT_MOST: usize = THREADS.div_ceil(2);

/// A request as the program made it.
pub struct Request<C> {
    pub id: CallbackId,
    /// What a thread does: `open notes.txt`.
    pub what: String,
    /// How long a thread needs.
    pub takes: Nanos,
    /// Name resolution and the like, which must leave threads for the rest.
    pub slow: bool,
    /// What the loop calls when it is done.
    pub callback: C,
}

/// What happened in the pool.
pub enum Event<C> {
    Started { thread: u8, work: Work },
    Done { thread: u8, id: CallbackId, callback: C },
}

struct Running<C> {
    request: Request<C>,
    until: Nanos,
}

/// The pool. Time passes for it only when it is told so.
pub struct Pool<C> {
    threads: [Option<Running<C>>; THREADS],
    waiting: VecDeque<Request<C>>,
    /// Up to when everything that happened has been reported.
    now: Nanos,
}

impl<C> Default for Pool<C> {
    fn default() -> Self {
        Self { threads: Default::default(), waiting: VecDeque::new(), now: 0 }
    }
}

impl<C> Pool<C> {
    /// Puts a request at the end of the line.
    pub fn submit(&mut self, request: Request<C>) {
        self.waiting.push_back(request);
    }

    /// Whether any request is running or waiting.
    pub fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.threads.iter().all(Option::is_none)
    }

    /// When the next running request will be done.
    pub fn next_done(&self) -> Option<Nanos> {
        self.threads.iter().flatten().map(|running| running.until).min()
    }

    /// The next thing that happened up to `now`: a thread is done, or a free thread takes a request. `None` when
    /// nothing more did.
    pub fn advance(&mut self, now: Nanos) -> Option<Event<C>> {
        if let Some(started) = self.start_one() {
            return Some(started);
        }
        let (thread, until) = self
            .threads
            .iter()
            .enumerate()
            .filter_map(|(i, slot)| slot.as_ref().map(|running| (i, running.until)))
            .min_by_key(|&(i, until)| (until, i))?;
        if until > now {
            self.now = self.now.max(now);
            return None;
        }
        self.now = self.now.max(until);
        let Running { request, .. } = self.threads[thread].take()?;
        Some(Event::Done { thread: thread as u8, id: request.id, callback: request.callback })
    }

    /// Tells the pool how late it is, so that what is submitted now starts now and not in the past.
    pub fn clock(&mut self, now: Nanos) {
        self.now = self.now.max(now);
    }

    fn start_one(&mut self) -> Option<Event<C>> {
        let thread = self.threads.iter().position(Option::is_none)?;
        let slow = self.threads.iter().flatten().filter(|running| running.request.slow).count();
        let next = self.waiting.iter().position(|request| !request.slow || slow < SLOW_AT_MOST)?;
        let request = self.waiting.remove(next)?;
        let until = self.now + request.takes;
        let work = Work { callback: request.id, what: request.what.clone(), from: self.now, until };
        self.threads[thread] = Some(Running { request, until });
        Some(Event::Started { thread: thread as u8, work })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(id: u32, takes: Nanos, slow: bool) -> Request<()> {
        Request { id: CallbackId(id), what: String::new(), takes, slow, callback: () }
    }

    /// Runs the pool until `now`: which request was done.
    fn done(pool: &mut Pool<()>, now: Nanos) -> Vec<u32> {
        let mut done = Vec::new();
        while let Some(event) = pool.advance(now) {
            if let Event::Done { id, .. } = event {
                done.push(id.0);
            }
        }
        done
    }

    #[test]
    fn the_fifth_request_waits_for_a_thread() {
        let mut pool = Pool::default();
        (0..5).for_each(|i| pool.submit(request(i, 100, false)));
        assert_eq!(done(&mut pool, 99), [0; 0]);
        assert_eq!(done(&mut pool, 199), [0, 1, 2, 3]);
        assert_eq!(pool.next_done(), Some(200));
        assert_eq!(done(&mut pool, 200), [4]);
        assert!(pool.is_idle());
    }

    #[test]
    fn slow_requests_leave_half_of_the_threads() {
        let mut pool = Pool::default();
        (0..3).for_each(|i| pool.submit(request(i, 100, true)));
        pool.submit(request(3, 10, false));
        assert_eq!(done(&mut pool, 50), [3]);
        assert_eq!(done(&mut pool, 100), [0, 1]);
        assert_eq!(done(&mut pool, 200), [2]);
    }

    #[test]
    fn a_request_starts_when_it_is_made_and_not_before() {
        let mut pool = Pool::default();
        pool.clock(1_000);
        pool.submit(request(0, 100, false));
        assert_eq!(done(&mut pool, 1_099), [0; 0]);
        assert_eq!(done(&mut pool, 1_100), [0]);
    }
}
