//! Regular expressions. (Manual, 9.7.3 "POSIX Regular Expressions"; without back references, lookaround and embedded options)
//!
//! A pattern becomes a little program whose threads all run at once over the text, so that no pattern takes longer than its length times
//! the text's. The longest match of those that begin first counts, as POSIX wants it; a pattern with a lazy quantifier takes the first one
//! its choices come to.

use super::{Answer, text};
use crate::error::SqlError;
use crate::value::Value;
use std::rc::Rc;

pub fn matches(args: &[Value]) -> Answer {
    test(args, false).map(Value::Bool)
}

pub fn does_not_match(args: &[Value]) -> Answer {
    test(args, false).map(|matched| Value::Bool(!matched))
}

pub fn matches_folded(args: &[Value]) -> Answer {
    test(args, true).map(Value::Bool)
}

pub fn does_not_match_folded(args: &[Value]) -> Answer {
    test(args, true).map(|matched| Value::Bool(!matched))
}

fn test(args: &[Value], folded: bool) -> Result<bool, SqlError> {
    let chars: Vec<char> = text(&args[0]).chars().collect();
    let program = Program::for_text(&chars, text(&args[1]), folded)?;
    Ok(program.find(&chars, 0).is_some())
}

/// `regexp_replace(text, pattern, replacement [, flags])`: `\1` and `\&` in the replacement are what was matched.
pub fn replace(args: &[Value]) -> Answer {
    let flags = args.get(3).map_or("", text);
    let chars: Vec<char> = text(&args[0]).chars().collect();
    let program = Program::for_text(&chars, text(&args[1]), flags.contains('i'))?;
    let mut result = String::new();
    let mut at = 0;
    while let Some(found) = program.find(&chars, at) {
        let (begin, end) = found[0].unwrap_or((at, at));
        result.extend(&chars[at..begin]);
        substitute(&mut result, text(&args[2]), &chars, &found);
        at = end;
        if begin == end {
            result.extend(chars.get(end));
            at += 1;
        }
        if !flags.contains('g') || at > chars.len() {
            break;
        }
    }
    result.extend(chars.get(at..).unwrap_or(&[]));
    Ok(Value::text(result))
}

fn substitute(result: &mut String, replacement: &str, chars: &[char], found: &[Option<(usize, usize)>]) {
    let mut rest = replacement.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        let group = match rest.next() {
            Some('&') => 0,
            Some(digit) if digit.is_ascii_digit() => digit as usize - '0' as usize,
            Some(other) => {
                result.push(other);
                continue;
            }
            None => continue,
        };
        if let Some(Some((begin, end))) = found.get(group) {
            result.extend(&chars[*begin..*end]);
        }
    }
}

/// `substring(text from pattern)`: the first group, or all of it.
pub fn substring(args: &[Value]) -> Answer {
    let chars: Vec<char> = text(&args[0]).chars().collect();
    let program = Program::for_text(&chars, text(&args[1]), false)?;
    let Some(found) = program.find(&chars, 0) else { return Ok(Value::Null) };
    let part = if found.len() > 1 { found[1] } else { found[0] };
    Ok(part.map_or(Value::Null, |(begin, end)| Value::text(chars[begin..end].iter().collect::<String>())))
}

/// `regexp_match(text, pattern [, flags])`: the groups, or all of it.
pub fn groups(args: &[Value]) -> Answer {
    let chars: Vec<char> = text(&args[0]).chars().collect();
    let folded = args.get(2).is_some_and(|flags| text(flags).contains('i'));
    let program = Program::for_text(&chars, text(&args[1]), folded)?;
    let Some(found) = program.find(&chars, 0) else { return Ok(Value::Null) };
    let parts = if found.len() > 1 { &found[1..] } else { &found[..] };
    let part = |part: &Option<(usize, usize)>| {
        part.map_or(Value::Null, |(begin, end)| Value::text(chars[begin..end].iter().collect::<String>()))
    };
    Ok(Value::Array(parts.iter().map(part).collect()))
}

/// One step of a thread.
#[derive(Clone, Debug)]
enum Step {
    Char(char),
    Any,
    Set(Rc<Set>),
    /// Both ways, the first one preferred.
    Split(usize, usize),
    Jump(usize),
    Save(usize),
    Begin,
    End,
    WordEdge(bool),
    Found,
}

#[derive(Debug, Default)]
struct Set {
    negated: bool,
    ranges: Vec<(char, char)>,
    classes: Vec<(char, bool)>,
}

impl Set {
    fn contains(&self, c: char) -> bool {
        let in_class = |&(class, negated): &(char, bool)| {
            let inside = match class {
                'd' => c.is_ascii_digit(),
                's' => c.is_ascii_whitespace(),
                'w' => c.is_ascii_alphanumeric() || c == '_',
                'a' => c.is_ascii_alphabetic(),
                'n' => c.is_ascii_alphanumeric(),
                'l' => c.is_ascii_lowercase(),
                'u' => c.is_ascii_uppercase(),
                'p' => c.is_ascii_punctuation(),
                'x' => c.is_ascii_hexdigit(),
                _ => false,
            };
            inside != negated
        };
        let inside =
            self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) || self.classes.iter().any(in_class);
        inside != self.negated
    }
}

/// A pattern, ready to run.
struct Program {
    steps: Vec<Step>,
    groups: usize,
    folded: bool,
    lazy: bool,
}

/// Steps of a program, at most.
const LONGEST: usize = 20_000;

/// Where each group was, in characters; the whole is group 0.
type Found = Vec<Option<(usize, usize)>>;

/// Steps times characters, at most: what takes longer would be felt.
const MOST_WORK: usize = 50_000_000;

impl Program {
    /// A program that is short enough for that text.
    fn for_text(chars: &[char], pattern: &str, folded: bool) -> Result<Program, SqlError> {
        let program = Program::compile(pattern, folded)?;
        if program.steps.len().saturating_mul(chars.len()) > MOST_WORK {
            return Err(SqlError::unsupported("so long a text for so long a regular expression is"));
        }
        Ok(program)
    }

    fn compile(pattern: &str, folded: bool) -> Result<Program, SqlError> {
        let chars: Vec<char> = pattern.chars().collect();
        let mut compiler = Compiler { chars: &chars, at: 0, groups: 1, lazy: false };
        let mut steps = vec![Step::Save(0)];
        let body = compiler.alternatives(steps.len(), 0)?;
        if compiler.at < chars.len() {
            return Err(invalid("parentheses () not balanced"));
        }
        steps.extend(body);
        steps.extend([Step::Save(1), Step::Found]);
        Ok(Program { steps, groups: compiler.groups, folded, lazy: compiler.lazy })
    }

    /// The first match that begins at or after `from`.
    fn find(&self, chars: &[char], from: usize) -> Option<Found> {
        let slots = self.groups * 2;
        let mut best: Option<Vec<Option<usize>>> = None;
        let mut threads: Vec<(usize, Vec<Option<usize>>)> = Vec::new();
        for at in from..=chars.len() {
            let mut seen = vec![false; self.steps.len()];
            let mut ready = Vec::new();
            for (step, saved) in threads.drain(..) {
                self.follow(step, at, chars, saved, &mut seen, &mut ready);
            }
            if best.is_none() {
                self.follow(0, at, chars, vec![None; slots], &mut seen, &mut ready);
            }
            for (step, saved) in ready {
                match &self.steps[step] {
                    Step::Found => {
                        let earlier = |best: &Vec<Option<usize>>| saved[0] < best[0];
                        let same = |best: &Vec<Option<usize>>| saved[0] == best[0];
                        if best.as_ref().is_none_or(|best| earlier(best) || same(best)) {
                            best = Some(saved);
                        }
                        if self.lazy {
                            // What is less preferred than this comes to nothing.
                            break;
                        }
                    }
                    other => {
                        let begins_later = best.as_ref().is_some_and(|best| saved[0] > best[0]);
                        if !begins_later && chars.get(at).is_some_and(|c| self.accepts(other, *c)) {
                            threads.push((step + 1, saved));
                        }
                    }
                }
            }
            if threads.is_empty() && best.is_some() {
                break;
            }
        }
        let saved = best?;
        Some((0..self.groups).map(|group| saved[group * 2].zip(saved[group * 2 + 1])).collect())
    }

    fn accepts(&self, step: &Step, c: char) -> bool {
        match step {
            Step::Char(wanted) if self.folded => c.eq_ignore_ascii_case(wanted),
            Step::Char(wanted) => c == *wanted,
            Step::Any => true,
            Step::Set(set) if self.folded => {
                set.contains(c.to_ascii_lowercase()) || set.contains(c.to_ascii_uppercase())
            }
            Step::Set(set) => set.contains(c),
            _ => false,
        }
    }

    /// Where a thread stands once it has taken every step that needs no character.
    fn follow(
        &self,
        step: usize,
        at: usize,
        chars: &[char],
        saved: Vec<Option<usize>>,
        seen: &mut [bool],
        ready: &mut Vec<(usize, Vec<Option<usize>>)>,
    ) {
        let mut stack = vec![(step, saved)];
        while let Some((step, mut saved)) = stack.pop() {
            if std::mem::replace(&mut seen[step], true) {
                continue;
            }
            let word = |index: Option<usize>| {
                index.and_then(|index| chars.get(index)).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_')
            };
            match &self.steps[step] {
                Step::Jump(to) => stack.push((*to, saved)),
                Step::Split(first, second) => {
                    stack.push((*second, saved.clone()));
                    stack.push((*first, saved));
                }
                Step::Save(slot) => {
                    saved[*slot] = Some(at);
                    stack.push((step + 1, saved));
                }
                Step::Begin if at == 0 => stack.push((step + 1, saved)),
                Step::End if at == chars.len() => stack.push((step + 1, saved)),
                Step::WordEdge(wanted) if (word(at.checked_sub(1)) != word(Some(at))) == *wanted => {
                    stack.push((step + 1, saved));
                }
                Step::Begin | Step::End | Step::WordEdge(_) => {}
                _ => ready.push((step, saved)),
            }
        }
    }
}

struct Compiler<'a> {
    chars: &'a [char],
    at: usize,
    groups: usize,
    lazy: bool,
}

/// Groups within groups, at most.
const DEEPEST: usize = 200;

impl Compiler<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    /// `a|b|c`, its first step at `base`.
    fn alternatives(&mut self, base: usize, depth: usize) -> Result<Vec<Step>, SqlError> {
        if depth > DEEPEST {
            return Err(invalid("regular expression is too complex"));
        }
        let mut first = self.sequence(base, depth)?;
        while self.peek() == Some('|') {
            self.at += 1;
            // The split goes in front: what has been compiled moves by one.
            let mut moved = vec![Step::Split(base + 1, base + first.len() + 2)];
            moved.extend(first.into_iter().map(|step| shifted(step, 1)));
            let second = self.sequence(base + moved.len() + 1, depth)?;
            moved.push(Step::Jump(base + moved.len() + 1 + second.len()));
            moved.extend(second);
            first = moved;
        }
        Ok(first)
    }

    fn sequence(&mut self, base: usize, depth: usize) -> Result<Vec<Step>, SqlError> {
        let mut steps = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || (c == ')' && depth > 0) {
                break;
            }
            let here = base + steps.len();
            let atom = self.atom(here, depth)?;
            let quantified = self.quantified(atom, here)?;
            steps.extend(quantified);
            if base + steps.len() > LONGEST {
                return Err(invalid("regular expression is too complex"));
            }
        }
        Ok(steps)
    }

    fn atom(&mut self, base: usize, depth: usize) -> Result<Vec<Step>, SqlError> {
        Ok(match self.take() {
            Some('.') => vec![Step::Any],
            Some('^') => vec![Step::Begin],
            Some('$') => vec![Step::End],
            Some('[') => vec![Step::Set(Rc::new(self.set()?))],
            Some('(') => self.group(base, depth)?,
            Some(')') => return Err(invalid("parentheses () not balanced")),
            Some('*' | '+' | '?') => return Err(invalid("quantifier operand invalid")),
            Some('\\') => vec![self.escape()?],
            Some(c) => vec![Step::Char(c)],
            None => Vec::new(),
        })
    }

    fn group(&mut self, base: usize, depth: usize) -> Result<Vec<Step>, SqlError> {
        let plain = self.chars[self.at..].starts_with(&['?', ':']);
        if plain {
            self.at += 2;
        } else if self.peek() == Some('?') {
            return Err(SqlError::unsupported("lookaround in regular expressions is"));
        }
        let group = self.groups;
        self.groups += usize::from(!plain);
        let mut steps = self.alternatives(base + usize::from(!plain), depth + 1)?;
        if self.take() != Some(')') {
            return Err(invalid("parentheses () not balanced"));
        }
        if !plain {
            steps.insert(0, Step::Save(group * 2));
            steps.push(Step::Save(group * 2 + 1));
        }
        Ok(steps)
    }

    fn escape(&mut self) -> Result<Step, SqlError> {
        let class = |class: char, negated: bool| {
            Step::Set(Rc::new(Set { negated: false, ranges: Vec::new(), classes: vec![(class, negated)] }))
        };
        Ok(match self.take() {
            None => return Err(invalid("invalid escape \\ sequence")),
            Some(c @ ('d' | 's' | 'w')) => class(c, false),
            Some(c @ ('D' | 'S' | 'W')) => class(c.to_ascii_lowercase(), true),
            Some('y' | 'b') => Step::WordEdge(true),
            Some('Y') => Step::WordEdge(false),
            Some('A') => Step::Begin,
            Some('Z') => Step::End,
            Some('n') => Step::Char('\n'),
            Some('r') => Step::Char('\r'),
            Some('t') => Step::Char('\t'),
            Some(c) if c.is_ascii_digit() => {
                return Err(SqlError::unsupported("back references in regular expressions are"));
            }
            Some(c) if c.is_ascii_alphabetic() => return Err(invalid("invalid escape \\ sequence")),
            Some(c) => Step::Char(c),
        })
    }

    /// `[a-z_[:digit:]]`, after its bracket.
    fn set(&mut self) -> Result<Set, SqlError> {
        let unbalanced = || invalid("brackets [] not balanced");
        let mut set = Set { negated: self.peek() == Some('^'), ..Set::default() };
        self.at += usize::from(set.negated);
        let mut first = true;
        loop {
            let c = self.take().ok_or_else(unbalanced)?;
            if c == ']' && !first {
                return Ok(set);
            }
            first = false;
            if c == '[' && self.peek() == Some(':') {
                set.classes.push((self.class_name()?, false));
                continue;
            }
            let from = match c {
                '\\' => match self.escape()? {
                    Step::Char(c) => c,
                    Step::Set(inner) => {
                        set.classes.extend(&inner.classes);
                        continue;
                    }
                    _ => return Err(invalid("invalid escape \\ sequence")),
                },
                c => c,
            };
            let ranged = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
            if !ranged {
                set.ranges.push((from, from));
                continue;
            }
            self.at += 1;
            let to = match self.take().ok_or_else(unbalanced)? {
                '\\' => self.take().ok_or_else(unbalanced)?,
                c => c,
            };
            if to < from {
                return Err(invalid("invalid character range"));
            }
            set.ranges.push((from, to));
        }
    }

    fn class_name(&mut self) -> Result<char, SqlError> {
        let rest: String = self.chars[self.at + 1..].iter().take(12).collect();
        let name = rest.split(":]").next().unwrap_or("");
        self.at += name.chars().count() + 3;
        Ok(match name {
            "digit" => 'd',
            "space" => 's',
            "alpha" => 'a',
            "alnum" => 'n',
            "lower" => 'l',
            "upper" => 'u',
            "punct" => 'p',
            "xdigit" => 'x',
            "word" => 'w',
            _ => return Err(invalid("invalid character class")),
        })
    }

    /// `*`, `+`, `?`, `{2,5}`, each with a `?` for as few as possible.
    fn quantified(&mut self, atom: Vec<Step>, base: usize) -> Result<Vec<Step>, SqlError> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') if self.chars.get(self.at + 1).is_some_and(char::is_ascii_digit) => self.bounds()?,
            _ => return Ok(atom),
        };
        self.at += 1;
        let lazy = self.peek() == Some('?');
        self.at += usize::from(lazy);
        self.lazy |= lazy;
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(invalid("quantifier operand invalid"));
        }
        if atom.len().saturating_mul(most.unwrap_or(least).max(1)) > LONGEST {
            return Err(invalid("regular expression is too complex"));
        }
        let split = |body: usize, after: usize| if lazy { Step::Split(after, body) } else { Step::Split(body, after) };
        let copy = |by: usize| atom.iter().cloned().map(move |step| shifted(step, by)).collect::<Vec<_>>();
        let mut steps: Vec<Step> = Vec::new();
        for _ in 0..least {
            let by = steps.len();
            steps.extend(copy(by));
        }
        match most {
            None => {
                let here = steps.len();
                steps.push(split(base + here + 1, base + here + atom.len() + 2));
                steps.extend(copy(here + 1));
                steps.push(Step::Jump(base + here));
            }
            Some(most) => {
                let end = base + steps.len() + (most - least) * (atom.len() + 1);
                for _ in least..most {
                    let here = steps.len();
                    steps.push(split(base + here + 1, end));
                    steps.extend(copy(here + 1));
                }
            }
        }
        Ok(steps)
    }

    /// `{2}`, `{2,}`, `{2,5}`; ends on the closing brace.
    fn bounds(&mut self) -> Result<(usize, Option<usize>), SqlError> {
        let close =
            self.chars[self.at..].iter().position(|c| *c == '}').ok_or_else(|| invalid("braces {} not balanced"))?;
        let inside: String = self.chars[self.at + 1..self.at + close].iter().collect();
        self.at += close;
        let wrong = || invalid("invalid repetition count(s)");
        let number = |digits: &str| digits.parse::<usize>().ok().filter(|count| *count <= 255).ok_or_else(wrong);
        let (least, most) = match inside.split_once(',') {
            None => (number(&inside)?, Some(number(&inside)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        if most.is_some_and(|most| most < least) {
            return Err(wrong());
        }
        Ok((least, most))
    }
}

/// The same step of a program that begins further on.
fn shifted(step: Step, by: usize) -> Step {
    match step {
        Step::Split(first, second) => Step::Split(first + by, second + by),
        Step::Jump(to) => Step::Jump(to + by),
        step => step,
    }
}

/// 2201B `invalid regular expression: …`
fn invalid(why: &str) -> SqlError {
    SqlError::new("2201B", format!("invalid regular expression: {why}"))
}
