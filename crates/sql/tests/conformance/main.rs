//! A differential fuzzer: random schedules run in real PostgreSQL 15, through its isolationtester, and here, and print
//! the same.
//!
//! The test run compares 100 schedules of a fixed seed, where there is a PostgreSQL 15. `cargo xtask conformance schedules
//! [--count N] [--seed S]` compares more: it sets `CONFORMANCE_SCHEDULES` and `CONFORMANCE_SEED`. A difference is
//! shrunk to the smallest schedule file that shows it, in `target/fuzz-schedules/`.

mod case;
mod generate;
mod lot;
mod schema;
mod shrink;
mod statement;

use case::Case;
use generate::generate;
use interleave_postgres::{Cluster, Programs};
use interleave_sql::isolation::{Spec, run};
use interleave_sql::store::Store;
use lot::Lot;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;

/// Differences that are shrunk; more would say the same again.
const SHOWN: usize = 30;
/// Runs of real PostgreSQL that must agree before a difference counts: where sessions race, one is as ours.
const RUNS: usize = 6;
/// Seconds after which a step is cancelled, there and here.
const PATIENCE: u32 = 3;
/// Servers at work at the same time.
const SERVERS: usize = 2;

#[test]
fn random_schedules_print_what_postgresql_prints() {
    let programs = match Programs::find() {
        Ok(programs) => programs,
        Err(why) => return println!("not compared: {why}"),
    };
    let number = |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (count, seed) = (number("CONFORMANCE_SCHEDULES", 100) as usize, number("CONFORMANCE_SEED", 1));
    let lot = Mutex::new(Lot::new(seed));
    let findings = Mutex::new(Findings::default());
    std::thread::scope(|scope| {
        for _ in 0..SERVERS {
            scope.spawn(|| {
                let bench = Bench::new(&programs);
                while findings.lock().expect("no comparison panics").schedules < count {
                    let seed = lot.lock().expect("no die is cast twice").next();
                    bench.compare_case(seed, &findings);
                }
            });
        }
    });
    let findings = findings.into_inner().expect("no comparison panics");
    let Findings { schedules, races, different, shrunk } = findings;
    println!("{schedules} schedules of seed {seed}: {different} differ, {races} are races in real PostgreSQL");
    assert!(different == 0, "- real PostgreSQL 15, + here\n\n{}", shrunk.join("\n"));
    assert!(races * 20 <= schedules.max(20), "more than one schedule in twenty is a race in real PostgreSQL");
}

#[derive(Default)]
struct Findings {
    schedules: usize,
    races: usize,
    different: usize,
    /// Reports of some of them.
    shrunk: Vec<String>,
}

/// A real server, and ways to compare with it.
struct Bench {
    cluster: Cluster,
}

enum Verdict {
    Same,
    /// Real PostgreSQL does not agree with itself, or does what we do now and then.
    Race,
    Different {
        real: String,
        here: String,
    },
}

impl Bench {
    fn new(programs: &Programs) -> Self {
        let mut cluster = Cluster::start(programs, Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("PostgreSQL starts");
        cluster.patience = PATIENCE;
        cluster.create_database("fuzz").expect("there is room for a database");
        Self { cluster }
    }

    fn real(&self, case: &Case) -> String {
        let text = self.cluster.isolationtester("fuzz", &case.spec()).unwrap_or_else(|error| format!("{error:#}\n"));
        // A schedule that was given up leaves its tables behind.
        let mut ends = text.lines().filter(|line| line.starts_with("isolationtester") || line.contains("failed"));
        if ends.next().is_some() || text.contains(" timed out after ") {
            self.cluster.create_database("fuzz").expect("there is room for a database");
        }
        text
    }

    fn compare(&self, case: &Case) -> Verdict {
        let here = simulate(case);
        let real = self.real(case);
        if real == here {
            return Verdict::Same;
        }
        for _ in 1..RUNS {
            if self.real(case) != real {
                return Verdict::Race;
            }
        }
        Verdict::Different { real, here }
    }

    fn compare_case(&self, seed: u64, findings: &Mutex<Findings>) {
        let case = generate(seed);
        let (real, here) = (permutations(&self.real(&case)), permutations(&simulate(&case)));
        let mut suspects = Vec::new();
        for order in 0..case.orders.len() {
            if real.get(order) != here.get(order) || real.len() != here.len() {
                suspects.push(order);
            }
        }
        let (mut races, mut shrunk) = (0, false);
        for order in suspects {
            let alone = case.only(order);
            match self.compare(&alone) {
                Verdict::Same => {}
                Verdict::Race => races += 1,
                Verdict::Different { .. } => {
                    let enough = shrunk || findings.lock().expect("no comparison panics").shrunk.len() >= SHOWN;
                    let report = (!enough).then(|| self.smallest(alone, seed, order));
                    shrunk = true; // the other orders of a case mostly say the same
                    let mut findings = findings.lock().expect("no comparison panics");
                    findings.different += 1;
                    findings.shrunk.extend(report);
                }
            }
        }
        let mut findings = findings.lock().expect("no comparison panics");
        findings.schedules += case.orders.len();
        findings.races += races;
    }

    /// The smallest schedule that shows a difference, written to a file of its own, with both outputs.
    fn smallest(&self, case: Case, seed: u64, order: usize) -> String {
        let differs = |case: &Case| {
            let (real, here) = (self.real(case), simulate(case));
            // What hangs, or is wrong before it begins, was not asked for.
            let beside = ["isolationtester: canceling", "setup failed"];
            real != here && !beside.iter().any(|beside| real.contains(beside)) && self.real(case) == real
        };
        let case = shrink::shrink(case, differs);
        let Verdict::Different { real, here } = self.compare(&case) else {
            return format!("# seed {seed}, order {order}: gone after shrinking\n{}", case.spec());
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../fuzz-schedules");
        let file = folder.join(format!("{seed:016x}-{order}.spec"));
        let kept = fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&file, case.spec()))
            .and_then(|()| fs::write(file.with_extension("out"), &real));
        let kept = kept.map_or_else(|error| format!("not kept: {error}"), |()| file.display().to_string());
        format!("# {kept}\n{}\n{}", case.spec(), difference(&real, &here))
    }
}

/// What our tester prints. A panic is an output nobody expects.
fn simulate(case: &Case) -> String {
    let mut text = String::new();
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let spec = Spec::parse(&case.spec()).map_err(|error| format!("{error}\n"))?;
        let mut print = |_, piece: &str| text.push_str(piece);
        run(&spec, &mut Store::for_schedules(), u64::from(PATIENCE) * 1_000_000, &mut print)
            .map_err(|last| last.to_string())
    }));
    match ran {
        Ok(Ok(())) => {}
        Ok(Err(last)) => text += &last,
        Err(panic) => {
            let why = panic.downcast_ref::<String>().cloned();
            let why = why.or_else(|| panic.downcast_ref::<&str>().map(|why| (*why).to_owned())).unwrap_or_default();
            text += &format!("a panic: {why}\n");
        }
    }
    text
}

/// The output of each permutation.
fn permutations(output: &str) -> Vec<String> {
    output.split("\nstarting permutation:").skip(1).map(str::to_owned).collect()
}

/// Lines in common once, the others with a sign. Good enough for outputs that drift apart once.
fn difference(real: &str, here: &str) -> String {
    let (real, here): (Vec<_>, Vec<_>) = (real.lines().collect(), here.lines().collect());
    let head = real.iter().zip(&here).take_while(|(left, right)| left == right).count();
    let tail =
        real[head..].iter().rev().zip(here[head..].iter().rev()).take_while(|(left, right)| left == right).count();
    let mut text = String::new();
    let mut say = |sign: &str, lines: &[&str]| lines.iter().for_each(|line| text += &format!("{sign} {line}\n"));
    say(" ", &real[..head]);
    say("-", &real[head..real.len() - tail]);
    say("+", &here[head..here.len() - tail]);
    say(" ", &real[real.len() - tail..]);
    text
}

#[test]
fn a_seed_gives_one_case() {
    for seed in 0..20 {
        assert_eq!(generate(seed).spec(), generate(seed).spec());
    }
}
