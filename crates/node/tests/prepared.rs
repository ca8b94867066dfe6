//! A Node that was brought up before it knew its program records the same tape as one that was not.

use interleave_node::{ModuleKind, Options, Scenario, Simulator, record};

const PROGRAMS: &[(ModuleKind, &str)] = &[
    (
        ModuleKind::CommonJs,
        "console.log(Math.random(), process.argv, new Error('x').message); setTimeout(() => console.log(Date.now()), 5)",
    ),
    (
        ModuleKind::CommonJs,
        "process.stdout.write('plain'); console.log(process.stdout.constructor.name, typeof process.stdout.pipe)",
    ),
    (ModuleKind::CommonJs, "const { Readable } = require('stream'); Readable.from(['a', 'b']).pipe(process.stdout)"),
    (
        ModuleKind::CommonJs,
        "require('fs').readFile(__filename, (error, text) => console.log(text.length, Buffer.from('x')))",
    ),
    (
        ModuleKind::Module,
        "import { once } from 'events'; console.log(import.meta.url, typeof once); await null; console.log(performance.now())",
    ),
    (ModuleKind::CommonJs, "let let = 1"),
    (ModuleKind::CommonJs, "null.x"),
];

#[test]
fn nobody_can_tell() {
    let options = Options::default();
    let mut simulator = Simulator::new(options.clone());
    for (module, program) in PROGRAMS {
        let scenario = Scenario { module: *module, seed: 7, ..Scenario::script(*program) };
        simulator.prepare(*module);
        let prepared = simulator.record(&scenario);
        assert_eq!(prepared.frames(), record(&scenario, &options).frames(), "{program}");
    }
}

#[test]
fn a_node_of_the_wrong_kind_is_not_used() {
    let mut simulator = Simulator::new(Options::default());
    simulator.prepare(ModuleKind::Module);
    let tape = simulator.record(&Scenario::script("console.log(typeof require)"));
    assert_eq!(tape.last().console[0].text, "function\n");
}
