mod record;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("record") => record::run(&args[1..]),
        _ => anyhow::bail!("cargo xtask record [FILTER]"),
    }
}
