//! Frame *k* of a real run is the same whether one steps to it, steps back to it or seeks it.

use interleave_kernel::{Cursor, Scene as _};
use interleave_node::{ModuleKind, NodeTape, Options, Scenario, Scene, record};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Programs that between them use every queue there is.
const PROGRAMS: &[(ModuleKind, &str)] = &[
    (
        ModuleKind::CommonJs,
        "const fs = require('fs'), crypto = require('crypto'), net = require('net');
         for (let i = 0; i < 6; i++) crypto.pbkdf2('a', 'b', 10, 8, 'sha1', () => console.log(i));
         const server = net.createServer((socket) => socket.end('hello')).listen(0, () => {
           net.connect(server.address().port).on('data', (text) => console.log(String(text))).on('close', () => server.close());
         });
         net.connect(1).on('error', (error) => console.error(error.code));
         fs.readFile(__filename, () => { setImmediate(() => {}); setTimeout(() => {}, 2).unref().ref(); clearTimeout(setTimeout(() => {}, 9)); });
         process.nextTick(() => Promise.resolve().then(() => queueMicrotask(() => {})));
         const beat = setInterval(() => { if (++beats === 3) clearInterval(beat); }, 3); let beats = 0;",
    ),
    (
        ModuleKind::Module,
        "import { setTimeout as wait } from 'timers/promises';
         async function work(n) { for (let i = 0; i < n; i++) await wait(i); return n; }
         console.log(await Promise.all([work(3), work(4)]));
         throw new Error('over');",
    ),
];

fn tapes() -> &'static [NodeTape] {
    thread_local! {
        static TAPES: OnceLock<&'static [NodeTape]> = const { OnceLock::new() };
    }
    TAPES.with(|tapes| {
        *tapes.get_or_init(|| {
            let record = |(module, program): &(ModuleKind, &str)| {
                let scenario = Scenario { module: *module, ..Scenario::script(*program) };
                record(&scenario, &Options::default())
            };
            Vec::leak(PROGRAMS.iter().map(record).collect())
        })
    })
}

#[test]
fn seeking_is_stepping() {
    for tape in tapes() {
        assert!(tape.len() > 60, "{}", tape.len());
        let mut stepped = Scene::default();
        for (k, frame) in tape.frames().iter().enumerate() {
            frame.changes.iter().for_each(|change| stepped.apply(change));
            assert_eq!(tape.scene(k), stepped, "frame {k}");
        }
    }
}

#[test]
fn what_was_queued_is_gone_in_the_end() {
    for tape in tapes() {
        let last = tape.last();
        let waiting = [&last.ticks, &last.microtasks, &last.pending, &last.poll, &last.check, &last.close];
        assert!(waiting.iter().all(|queue| queue.is_empty()), "{last:?}");
        assert!(last.waiting.is_empty() && last.threads.iter().all(Option::is_none), "{last:?}");
    }
}

proptest! {
    #[test]
    fn a_visit_ends_where_it_was_sent(tape in 0..PROGRAMS.len(), visits in prop::collection::vec((any::<prop::sample::Index>(), -1i8..=1), 1..24)) {
        let tape = &tapes()[tape];
        let mut cursor = Cursor::new(tape, 0);
        for (visit, then) in visits {
            cursor.seek(tape, visit.index(tape.len()));
            let at = cursor.at().saturating_add_signed(then.into()).min(tape.len() - 1);
            cursor.seek(tape, at);
            prop_assert_eq!(cursor.at(), at);
            prop_assert_eq!(cursor.scene(), &tape.scene(at));
        }
    }
}
