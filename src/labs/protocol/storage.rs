//! A run whose rows are kept in PostgreSQL is recorded by two engines: the protocols play it, and the store answers what it executes. Only
//! the page knows both.

use super::subject::Play;
use crate::labs::Failure;
use crate::worker::{self, Engine};
use interleave_kernel::Tape;
use interleave_protocols::diagram::Diagram;
use interleave_protocols::two_phase_commit::storage::{scripts, with_answers};

/// Records a run. The store is fetched when one needs it first.
pub async fn record(play: &Play) -> Result<Tape<Diagram>, Failure> {
    let tape = worker::record(Engine::Protocols, play).await?;
    if !play.subject.asks_postgres() {
        return Ok(tape);
    }
    let answers = worker::compute(Engine::Sql, "answers", &scripts(&tape)).await?;
    Ok(with_answers(tape, answers))
}

/// The same in this process.
#[cfg(feature = "prerender")]
pub fn record_here(play: &Play) -> Tape<Diagram> {
    let typed = serde_json::to_value(play).and_then(serde_json::from_value);
    let tape = typed.map(|play| interleave_protocols::play::record(&play)).unwrap_or_default();
    if !play.subject.asks_postgres() {
        return tape;
    }
    let answers = interleave_sql::dialogue::answers(&scripts(&tape));
    with_answers(tape, answers)
}

#[cfg(all(test, feature = "prerender"))]
mod tests {
    use super::*;
    use interleave_protocols::play::Way;

    #[test]
    fn what_the_store_says_stands_where_the_models_rows_were() {
        let rows = |storage: &str| {
            let subject =
                serde_json::from_value(serde_json::json!({"two-phase-commit": {"storage": storage}})).unwrap();
            let tape = record_here(&Play { subject, histories: vec![Way::Calm], here: 0 });
            let texts = |at: usize| tape.scene(at).lanes[2].rows.iter().map(|row| row.text.clone()).collect::<Vec<_>>();
            let at = tape.frames().iter().position(|it| it.note.plain().starts_with("Participant 2 prepares")).unwrap();
            [texts(0), texts(at), texts(tape.len() - 1)]
        };
        assert_eq!(rows("model"), [["balance 100 → 110"], ["balance 100 → 110"], ["balance 110"]]);
        let said = [&["balance 100"][..], &["balance 100", "pg_prepared_xacts: transfer"], &["balance 110"]];
        assert_eq!(rows("postgres"), said);
    }
}
