//! `interleave contention`

use anyhow::Result;
use interleave_sql::workload::{Draw, Figures, Strategy, Sweep, Workload, WorkloadTape, record};
use std::io::{self, Write};
use std::process::ExitCode;

/// Compares five ways to change a row that others change, too: what each commits, waits for, tries again and loses.
///
/// Times are means in milliseconds of virtual time. The same arguments give the same figures on every machine.
#[derive(clap::Args)]
pub struct Arguments {
    /// Sessions that run one transaction after the other.
    #[arg(long, default_value_t = Workload::default().clients)]
    clients: u32,
    /// Accounts in the table.
    #[arg(long, default_value_t = Workload::default().rows)]
    rows: u32,
    /// The accounts that everybody wants.
    #[arg(long, default_value_t = Workload::default().hot)]
    hot: u32,
    /// Of a hundred picks of an account, how many fall on a hot one.
    #[arg(long, default_value_t = Workload::default().heat, value_name = "PERCENT")]
    heat: u32,
    /// A transaction moves money between two accounts, instead of changing one.
    #[arg(long)]
    transfers: bool,
    /// A transfer takes the account with the lower number first.
    #[arg(long, requires = "transfers")]
    ordered: bool,
    /// Between two transactions of a client.
    #[arg(long, value_name = "MS", default_value_t = ms(Workload::default().think))]
    think: f64,
    /// In the application, inside the transaction.
    #[arg(long, value_name = "MS", default_value_t = ms(Workload::default().work))]
    work: f64,
    /// Of a statement.
    #[arg(long, value_name = "MS", default_value_t = ms(Workload::default().latency))]
    latency: f64,
    /// Times are spread evenly around their means, instead of exponentially.
    #[arg(long)]
    uniform: bool,
    /// Before the second attempt; doubled for each further one.
    #[arg(long, value_name = "MS", default_value_t = ms(Workload::default().backoff))]
    backoff: f64,
    /// Attempts at a transaction before it is given up.
    #[arg(long, default_value_t = Workload::default().attempts)]
    attempts: u32,
    /// How long it is watched.
    #[arg(long, value_name = "MS", default_value_t = ms(Workload::default().duration))]
    duration: f64,
    /// Draws all times and accounts.
    #[arg(long, default_value_t = Workload::default().seed)]
    seed: u32,
    /// What is varied to compare levels of contention.
    #[arg(long, value_enum, default_value_t = Vary::Hot)]
    sweep: Vary,
    /// Prints the tape as JSON, instead of the figures.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Vary {
    /// The number of hot accounts.
    Hot,
    /// The number of clients.
    Clients,
}

impl Arguments {
    fn workload(&self) -> Workload {
        Workload {
            clients: self.clients,
            rows: self.rows,
            hot: self.hot,
            heat: self.heat,
            transfers: self.transfers,
            ordered: self.ordered,
            think: micros(self.think),
            work: micros(self.work),
            latency: micros(self.latency),
            draw: if self.uniform { Draw::Uniform } else { Draw::Exponential },
            backoff: micros(self.backoff),
            attempts: self.attempts,
            duration: micros(self.duration),
            seed: self.seed,
            sweep: match self.sweep {
                Vary::Hot => Sweep::HotRows,
                Vary::Clients => Sweep::Clients,
            },
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workload = arguments.workload();
    let tape = record(&workload, |_| {});
    if arguments.json {
        serde_json::to_writer(io::stdout().lock(), &tape)?;
        println!();
    } else {
        print(&workload, &tape)?;
    }
    if let Some(why) = &tape.last().stopped {
        eprintln!("interleave: the run was stopped: {why}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(workload: &Workload, tape: &WorkloadTape) -> Result<()> {
    let mut out = io::stdout().lock();
    let scene = tape.last();
    writeln!(out, "{:.2} s of virtual time", scene.clock as f64 / 1e6)?;
    head(&mut out, "")?;
    for standing in &scene.standings {
        row(&mut out, "", standing.strategy, &standing.figures, scene.clock)?;
    }
    let along = match workload.sweep {
        Sweep::HotRows => "hot",
        Sweep::Clients => "clients",
    };
    for (at, level) in scene.levels.iter().enumerate() {
        if at == 0 {
            writeln!(out)?;
            head(&mut out, along)?;
        }
        for (strategy, figures) in &level.figures {
            row(&mut out, &level.level.to_string(), *strategy, figures, level.clock.into())?;
        }
    }
    Ok(())
}

fn head(out: &mut impl Write, along: &str) -> io::Result<()> {
    writeln!(
        out,
        "{along:>7}  {:<16}{:>10}{:>8}{:>10}{:>10}{:>10}{:>10}{:>10}{:>8}",
        "strategy", "commits/s", "again", "given up", "wait ms", "wait 95", "takes ms", "deadlocks", "lost"
    )
}

fn row(out: &mut impl Write, level: &str, strategy: Strategy, figures: &Figures, clock: u64) -> io::Result<()> {
    let rate = f64::from(figures.commits) * 1e6 / clock.max(1) as f64;
    writeln!(
        out,
        "{level:>7}  {:<16}{rate:>10.1}{:>8}{:>10}{:>10.1}{:>10.1}{:>10.1}{:>10}{:>8}",
        strategy.title(),
        figures.retries,
        figures.given_up,
        ms(figures.wait),
        ms(figures.wait_95),
        ms(figures.took),
        figures.deadlocks,
        figures.lost
    )
}

fn ms(micros: u32) -> f64 {
    f64::from(micros) / 1000.0
}

/// A number that is too small or too large becomes the nearest one there is.
fn micros(ms: f64) -> u32 {
    (ms * 1000.0).round() as u32
}
