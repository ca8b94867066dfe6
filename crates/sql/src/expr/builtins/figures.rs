//! `to_char` of numbers: the patterns people use. (Manual, table 9.29 "Template Patterns for Numeric Formatting")

use super::{Answer, text};
use crate::error::SqlError;
use crate::value::{Numeric, Value};

/// One character of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    /// `9`: a digit, or a blank before the first one.
    Digit,
    /// `0`: a digit, zeros in front included.
    Zero,
    Point,
    /// `,` and `G`.
    Group,
    /// `S`: the sign where it stands.
    Sign,
    /// `MI`: a minus where it stands.
    Minus,
    Other(char),
}

pub fn number(args: &[Value]) -> Answer {
    let number = match &args[0] {
        Value::Int(number) => Numeric::from(*number),
        Value::BigInt(number) => Numeric::from(*number),
        Value::Float(number) => Numeric::from_f64(*number),
        Value::Numeric(number) => (**number).clone(),
        _ => return Ok(Value::Null),
    };
    let pattern = text(&args[1]);
    let (fill, pattern) = match pattern.strip_prefix("FM").or_else(|| pattern.strip_prefix("fm")) {
        Some(rest) => (false, rest),
        None => (true, pattern),
    };
    let (brackets, pattern) = match pattern.strip_suffix("PR").or_else(|| pattern.strip_suffix("pr")) {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    Ok(Value::text(Figures::new(&number, tokens(pattern)?, fill, brackets)?.write()))
}

fn tokens(pattern: &str) -> Result<Vec<Token>, SqlError> {
    let mut tokens = Vec::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let upper = rest.get(..2).map(str::to_ascii_uppercase).unwrap_or_default();
        if matches!(&*upper, "PL" | "SG" | "RN" | "TH" | "EE") {
            return Err(SqlError::unsupported(format!("the pattern {upper} of to_char for numbers is")));
        }
        if upper == "MI" {
            tokens.push(Token::Minus);
            rest = &rest[2..];
            continue;
        }
        tokens.push(match c.to_ascii_uppercase() {
            '9' => Token::Digit,
            '0' => Token::Zero,
            '.' | 'D' => Token::Point,
            ',' | 'G' => Token::Group,
            'S' => Token::Sign,
            'V' | 'L' => {
                return Err(SqlError::unsupported(format!("the pattern {c} of to_char for numbers is")));
            }
            _ => Token::Other(c),
        });
        rest = &rest[c.len_utf8()..];
    }
    if tokens.iter().filter(|token| **token == Token::Point).count() > 1 {
        return Err(SqlError::new("42601", "multiple decimal points"));
    }
    Ok(tokens)
}

/// A number laid out over a pattern.
struct Figures {
    tokens: Vec<Token>,
    fill: bool,
    brackets: bool,
    negative: bool,
    /// Digits before the point, without zeros in front; too many for the pattern are `None`.
    whole: Option<Vec<char>>,
    fraction: Vec<char>,
}

/// Where the sign goes.
struct Sign {
    /// A plus is shown, too.
    plus: bool,
    /// The pattern has a place of its own for it.
    own: bool,
    /// Where the blank in place of a minus goes.
    slot: usize,
    started: bool,
}

impl Figures {
    fn new(number: &Numeric, tokens: Vec<Token>, fill: bool, brackets: bool) -> Result<Figures, SqlError> {
        let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
        let count =
            |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit | Token::Zero)).count();
        let (before, after) = (count(&tokens[..point]), count(&tokens[point..]));
        let rounded = number.rounded(after as i32);
        let shown = rounded.absolute().to_string();
        let (whole, fraction) = shown.split_once('.').unwrap_or((&shown, ""));
        let whole: Vec<char> = whole.trim_start_matches('0').chars().collect();
        let fits = whole.len() <= before && !number.is_nan() && !number.is_infinite();
        Ok(Figures {
            negative: rounded.sign() < 0,
            whole: fits.then_some(whole),
            fraction: fraction.chars().collect(),
            tokens,
            fill,
            brackets,
        })
    }

    fn write(&self) -> String {
        let point = self.tokens.iter().position(|token| *token == Token::Point).unwrap_or(self.tokens.len());
        let is_digit = |token: &&Token| matches!(token, Token::Digit | Token::Zero);
        let places = self.tokens[..point].iter().filter(is_digit).count();
        let after = self.tokens[point..].iter().filter(is_digit).count();
        // Zeros are shown from the first `0` on; nothing but nines still shows one for nothing, if nothing follows.
        let zeros = self.tokens[..point].iter().filter(is_digit).position(|token| *token == Token::Zero);
        let zeros = zeros.unwrap_or(if after == 0 { places.saturating_sub(1) } else { places });
        let digits = self.whole.as_ref().map_or(places, Vec::len);
        let kept = self.kept_fraction(point);
        let mut first = zeros.min(places - digits);
        if !self.fill && kept == 0 {
            first = first.min(places.saturating_sub(1));
        }
        let start = self.tokens.iter().position(|token| is_digit(&token)).unwrap_or(0);
        let plus = self.tokens[..start].contains(&Token::Sign);
        let own_sign = self.tokens[start..].contains(&Token::Sign) || self.tokens.contains(&Token::Minus);
        let mut body = String::new();
        let (mut place, mut behind) = (0, 0);
        let mut sign = Sign { plus, own: own_sign, slot: 0, started: false };
        for (index, token) in self.tokens.iter().enumerate() {
            if index == start {
                sign.slot = body.len();
            }
            match token {
                Token::Digit | Token::Zero if index < point => {
                    if place >= first {
                        self.begin(&mut body, &mut sign);
                        body.push(match &self.whole {
                            None => '#',
                            Some(_) if place < places - digits => '0',
                            Some(whole) => whole[place - (places - digits)],
                        });
                    } else if self.fill {
                        body.push(' ');
                    }
                    place += 1;
                }
                Token::Digit | Token::Zero => {
                    if behind < kept {
                        body.push(if self.whole.is_none() { '#' } else { self.fraction[behind] });
                    }
                    behind += 1;
                }
                Token::Point if after == 0 && self.whole.is_some() => {}
                Token::Point => {
                    self.begin(&mut body, &mut sign);
                    body.push('.');
                }
                Token::Group if sign.started => body.push(','),
                Token::Group if self.fill => body.push(' '),
                Token::Group => {}
                Token::Sign if index < start => {}
                Token::Sign => body.push(if self.negative { '-' } else { '+' }),
                Token::Minus if self.negative => body.push('-'),
                Token::Minus if self.fill => body.push(' '),
                Token::Minus => {}
                Token::Other(c) => body.push(*c),
            }
        }
        if self.brackets && self.negative {
            body.push('>');
        } else if self.brackets && self.fill {
            body.push(' ');
        }
        body
    }

    /// Puts the sign in front of the first figure; what is before it moves to the left.
    fn begin(&self, body: &mut String, sign: &mut Sign) {
        if std::mem::replace(&mut sign.started, true) || sign.own {
            return;
        }
        match (self.negative, self.brackets) {
            (true, true) => body.push('<'),
            (true, false) => body.push('-'),
            (false, _) if sign.plus => body.push('+'),
            (false, _) if self.fill => body.insert(sign.slot, ' '),
            (false, _) => {}
        }
    }

    /// How many figures behind the point are shown: without filling, zeros that stand for a `9` at the end are not.
    fn kept_fraction(&self, point: usize) -> usize {
        let wanted: Vec<&Token> =
            self.tokens[point..].iter().filter(|token| matches!(token, Token::Digit | Token::Zero)).collect();
        if self.fill || self.whole.is_none() {
            return wanted.len();
        }
        let needed =
            |index: &usize| *wanted[*index] == Token::Zero || self.fraction.get(*index).is_some_and(|c| *c != '0');
        (0..wanted.len()).rev().find(needed).map_or(0, |index| index + 1)
    }
}
