//! EXPLAIN and its options.

use super::Grammar;
use crate::error::SqlError;
use crate::query::statement::{Explain, ExplainFormat, ExplainOptions, Parsed, Statement};
use sqlparser::tokenizer::Token;
use std::rc::Rc;

impl Grammar {
    pub(super) fn explain(&mut self) -> Result<Statement, SqlError> {
        self.expect("explain")?;
        let mut options =
            ExplainOptions { analyze: false, costs: true, timing: true, summary: false, format: ExplainFormat::Text };
        if self.at_options() {
            self.options(&mut options)?;
        } else {
            options.analyze = self.accept("analyze") || self.accept("analyse");
            options.summary = options.analyze;
            if self.accept("verbose") {
                return Err(self.unsupported("EXPLAIN VERBOSE is"));
            }
        }
        let statement = if self.is("execute") {
            let statement = self.execute()?;
            Rc::new(Parsed { statement, source: Rc::new(self.source.clone()) })
        } else {
            self.inner()?
        };
        Ok(Statement::Explain(Box::new(Explain { options, statement })))
    }

    /// A bracket begins options, unless it begins a query.
    fn at_options(&self) -> bool {
        let begins = ["select", "values", "table", "with"];
        *self.peek() == Token::LParen
            && *self.peek_nth(1) != Token::LParen
            && !begins.iter().any(|word| self.is_nth(1, word))
    }

    fn options(&mut self, options: &mut ExplainOptions) -> Result<(), SqlError> {
        self.expect_symbol(&Token::LParen)?;
        let (mut timing, mut summary) = (None, None);
        loop {
            let place = self.here();
            let Some(name) = self.word(0) else { return Err(self.unexpected()) };
            self.advance();
            match name.as_str() {
                "analyze" | "analyse" => options.analyze = self.switch("analyze")?,
                "costs" => options.costs = self.switch("costs")?,
                "timing" => timing = Some(self.switch("timing")?),
                "summary" => summary = Some(self.switch("summary")?),
                "format" => options.format = self.format()?,
                "verbose" | "buffers" | "settings" | "wal" => {
                    if self.switch(&name)? {
                        let what = format!("EXPLAIN option {} is", name.to_uppercase());
                        return Err(SqlError::unsupported(what).at(place));
                    }
                }
                _ => {
                    let message = format!("unrecognized EXPLAIN option \"{name}\"");
                    return Err(SqlError::new("42601", message).at(place));
                }
            }
            if !self.symbol(&Token::Comma) {
                break;
            }
        }
        if timing == Some(true) && !options.analyze {
            return Err(SqlError::new("22023", "EXPLAIN option TIMING requires ANALYZE"));
        }
        options.timing = timing.unwrap_or(true);
        options.summary = summary.unwrap_or(options.analyze);
        self.expect_symbol(&Token::RParen)
    }

    /// `ON`, `false`, `1`; nothing is on.
    fn switch(&mut self, name: &str) -> Result<bool, SqlError> {
        if matches!(self.peek(), Token::Comma | Token::RParen) {
            return Ok(true);
        }
        let value = match self.peek() {
            Token::Number(number, _) => number.clone(),
            _ => self.word(0).unwrap_or_default(),
        };
        let on = match value.as_str() {
            "true" | "on" | "1" => true,
            "false" | "off" | "0" => false,
            _ => return Err(SqlError::new("42601", format!("{name} requires a Boolean value"))),
        };
        self.advance();
        Ok(on)
    }

    fn format(&mut self) -> Result<ExplainFormat, SqlError> {
        let place = self.here();
        let Some(word) = self.word(0) else { return Err(self.unexpected()) };
        self.advance();
        match word.as_str() {
            "text" => Ok(ExplainFormat::Text),
            "json" => Ok(ExplainFormat::Json),
            "xml" | "yaml" => {
                let what = format!("EXPLAIN format {} is", word.to_uppercase());
                Err(SqlError::unsupported(what).at(place))
            }
            _ => {
                let message = format!("unrecognized value for EXPLAIN option \"format\": \"{word}\"");
                Err(SqlError::new("22023", message).at(place))
            }
        }
    }
}
