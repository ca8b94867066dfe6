//! Which operator or function a name and the types of its arguments mean. (PostgreSQL's `parse_oper.c`, `parse_func.c`; manual,
//! chapter 10 "Type Conversion")

use super::Builtin;
use super::aggregate::{AGGREGATES, Aggregate};
use super::builtins::{self, VARIADIC};
use super::polymorphic::{concrete, consistent};
use crate::error::SqlError;
use crate::value::cast::{Context, can_cast};
use crate::value::{Category, Type};

/// An operator or function that was found. Whoever calls it first makes each argument one of `args` (with [`super::coerce::coerce`],
/// explicitly): they were found to be convertible. (`any` and the like have been replaced. An argument that is to be
/// [`Type::Unknown`] is to be written out: `concat` takes texts. One that is to be [`Type::Any`] is replaced by its type's name.)
#[derive(Clone, Debug)]
pub struct Resolved {
    pub function: &'static Builtin,
    /// One a given argument.
    pub args: Vec<Type>,
    pub returns: Type,
}

/// An aggregate that was found; as [`Resolved`].
#[derive(Clone, Debug)]
pub struct ResolvedAggregate {
    pub aggregate: &'static Aggregate,
    pub args: Vec<Type>,
    pub returns: Type,
}

/// What a function call may mean.
#[derive(Clone, Debug)]
pub enum Callee {
    Function(Resolved),
    /// `text(x)`, `date('2024-01-01')`: an explicit cast to that type.
    Cast(Type),
}

/// Something with a name and declared arguments.
trait Declared {
    fn args(&self) -> &'static [Type];
}

impl Declared for Builtin {
    fn args(&self) -> &'static [Type] {
        self.args
    }
}

impl Declared for Aggregate {
    fn args(&self) -> &'static [Type] {
        self.args
    }
}

/// What a name came to.
enum Choice<T: 'static> {
    One(&'static T),
    None,
    Several,
}

/// A binary operator: 42883 `operator does not exist: integer = text`, 42725 `operator is not unique: …`. The position is the
/// caller's to add.
pub fn resolve_operator(name: &str, left: Type, right: Type) -> Result<Resolved, SqlError> {
    let candidates = builtins::operators(name).filter(|operator| operator.args.len() == 2);
    // One literal is taken to be of the other's type.
    let exact = match (left, right) {
        (Type::Unknown, right) => [right, right],
        (left, Type::Unknown) => [left, left],
        both => [both.0, both.1],
    };
    let given = [left, right];
    let choice = match candidates.clone().find(|operator| *operator.args == exact) {
        Some(operator) => Choice::One(operator),
        None => choose(candidates.collect(), &given),
    };
    match choice {
        Choice::One(function) => settle(function, &given),
        Choice::None => Err(SqlError::new("42883", format!("operator does not exist: {left} {name} {right}"))
            .hint("No operator matches the given name and argument types. You might need to add explicit type casts.")),
        Choice::Several => Err(SqlError::new("42725", format!("operator is not unique: {left} {name} {right}"))
            .hint("Could not choose a best candidate operator. You might need to add explicit type casts.")),
    }
}

/// A prefix operator: `-`, `+`, `@`, `~`, `|/`.
pub fn resolve_unary(name: &str, operand: Type) -> Result<Resolved, SqlError> {
    let candidates: Vec<_> = builtins::operators(name).filter(|operator| operator.args.len() == 1).collect();
    let given = [operand];
    let choice = match candidates.iter().find(|operator| *operator.args == given) {
        Some(operator) => Choice::One(*operator),
        None => choose(candidates, &given),
    };
    match choice {
        Choice::One(function) => settle(function, &given),
        Choice::None => Err(SqlError::new("42883", format!("operator does not exist: {name} {operand}")).hint(
            "No operator matches the given name and argument type. You might need to add an explicit type cast.",
        )),
        Choice::Several => Err(SqlError::new("42725", format!("operator is not unique: {name} {operand}"))
            .hint("Could not choose a best candidate operator. You might need to add explicit type casts.")),
    }
}

/// A function; 42883 `function foo(integer) does not exist`. The name is folded, without `pg_catalog.`. Keywords that are functions have
/// their names: `current_timestamp`, `current_user`, `extract`, `position` (the text first, then what is looked for), `substring`, `btrim`,
/// `timezone` (`AT TIME ZONE`: the zone first), `like_escape`.
pub fn resolve_function(name: &str, args: &[Type]) -> Result<Callee, SqlError> {
    let named: Vec<&'static Builtin> = builtins::functions(name).collect();
    if let Some(exact) = named.iter().find(|function| function.args == args) {
        return Ok(Callee::Function(settle(exact, args)?));
    }
    if let ([from], Some(to)) = (args, type_of_name(name))
        && can_cast(*from, to, Context::Explicit)
        && *from != Type::Record
    {
        return Ok(Callee::Cast(to));
    }
    if let Some(variadic) = VARIADIC.iter().find(|function| function.name == name)
        && let Some(resolved) = spread(variadic, args)
    {
        return Ok(Callee::Function(resolved));
    }
    let candidates = named.into_iter().filter(|function| function.args.len() == args.len()).collect();
    match choose(candidates, args) {
        Choice::One(function) => Ok(Callee::Function(settle(function, args)?)),
        Choice::None => Err(no_function(name, args)),
        Choice::Several => Err(several_functions(name, args)),
    }
}

/// Whether there is an aggregate of that name.
pub fn is_aggregate(name: &str) -> bool {
    AGGREGATES.binary_search_by(|aggregate| aggregate.name.cmp(name)).is_ok()
}

/// An aggregate; `star` is `count(*)`.
pub fn resolve_aggregate(name: &str, args: &[Type], star: bool) -> Result<ResolvedAggregate, SqlError> {
    let start = AGGREGATES.partition_point(|aggregate| aggregate.name < name);
    let named: Vec<&'static Aggregate> =
        AGGREGATES[start..].iter().take_while(|aggregate| aggregate.name == name).collect();
    let fits = |aggregate: &&&'static Aggregate| aggregate.args.len() == args.len();
    if args.is_empty() && !star && named.iter().any(|aggregate| aggregate.args.is_empty()) {
        let message = format!("{name}(*) must be used to call a parameterless aggregate function");
        return Err(SqlError::new("42809", message));
    }
    let choice = match named.iter().find(|aggregate| aggregate.args == args) {
        Some(aggregate) => Choice::One(*aggregate),
        None => choose(named.iter().filter(fits).copied().collect(), args),
    };
    match choice {
        Choice::One(aggregate) => {
            let (args, returns) = concrete(args, aggregate.args, aggregate.returns)?;
            Ok(ResolvedAggregate { aggregate, args, returns })
        }
        Choice::None => Err(no_function(name, args)),
        Choice::Several => Err(several_functions(name, args)),
    }
}

/// The type that several expressions have in common: of CASE, COALESCE, UNION, VALUES, ARRAY, IN, GREATEST, LEAST. `context` is how the
/// message names the construct: `CASE types integer and text cannot be matched` (42804). Literals alone are text.
/// The second of the error is which expression could not be matched, from 0, for its position. (`select_common_type`)
pub fn common_type(types: &[Type], context: &str) -> Result<Type, (SqlError, usize)> {
    let mut common = types.first().copied().unwrap_or(Type::Unknown);
    for (index, &next) in types.iter().enumerate().skip(1) {
        if next == Type::Unknown || next == common {
            continue;
        }
        if common == Type::Unknown {
            common = next;
        } else if next.category() != common.category() {
            let message = format!("{context} types {common} and {next} cannot be matched");
            return Err((SqlError::new("42804", message), index));
        } else if !common.is_preferred()
            && can_cast(common, next, Context::Implicit)
            && !can_cast(next, common, Context::Implicit)
        {
            common = next;
        }
    }
    Ok(if common == Type::Unknown { Type::Text } else { common })
}

/// A type by the name it has in the catalogue: only these may be written like functions.
fn type_of_name(name: &str) -> Option<Type> {
    const NAMES: [&str; 18] = [
        "bool",
        "int2",
        "int4",
        "int8",
        "float4",
        "float8",
        "numeric",
        "text",
        "varchar",
        "bpchar",
        "name",
        "date",
        "timestamp",
        "timestamptz",
        "interval",
        "oid",
        "xid",
        "tid",
    ];
    NAMES.contains(&name).then(|| Type::parse(name)).flatten()
}

/// The arguments a found function gets, and what it returns.
fn settle(function: &'static Builtin, given: &[Type]) -> Result<Resolved, SqlError> {
    // Text beside anything else: the other is made a text, as `text || anynonarray` is defined.
    if function.name == "||" && function.args.contains(&Type::AnyNonArray) {
        return Ok(Resolved { function, args: vec![Type::Text; 2], returns: Type::Text });
    }
    if matches!(function.name, "quote_literal" | "quote_nullable") {
        return Ok(Resolved { function, args: vec![Type::Text], returns: Type::Text });
    }
    if function.name == "pg_typeof" {
        return Ok(Resolved { function, args: vec![Type::Any], returns: function.returns });
    }
    let (args, returns) = concrete(given, function.args, function.returns)?;
    Ok(Resolved { function, args, returns })
}

/// A function whose last declared argument stands for one or more: each is written out.
fn spread(function: &'static Builtin, given: &[Type]) -> Option<Resolved> {
    let fixed = function.args.len() - 1;
    if given.len() <= fixed {
        return None;
    }
    let mut args = Vec::with_capacity(given.len());
    for (given, declared) in given.iter().zip(&function.args[..fixed]) {
        if !can_cast(*given, *declared, Context::Implicit) {
            return None;
        }
        args.push(*declared);
    }
    args.resize(given.len(), Type::Unknown);
    Some(Resolved { function, args, returns: function.returns })
}

fn signature(name: &str, args: &[Type]) -> String {
    let names: Vec<&str> = args.iter().map(|ty| ty.name()).collect();
    format!("{name}({})", names.join(", "))
}

fn no_function(name: &str, args: &[Type]) -> SqlError {
    SqlError::new("42883", format!("function {} does not exist", signature(name, args)))
        .hint("No function matches the given name and argument types. You might need to add explicit type casts.")
}

fn several_functions(name: &str, args: &[Type]) -> SqlError {
    SqlError::new("42725", format!("function {} is not unique", signature(name, args)))
        .hint("Could not choose a best candidate function. You might need to add explicit type casts.")
}

/// Whether what is given can become what is declared without being asked. (`can_coerce_type`)
fn accepts(given: &[Type], declared: &[Type]) -> bool {
    given
        .iter()
        .zip(declared)
        .all(|(given, declared)| declared.is_polymorphic() || can_cast(*given, *declared, Context::Implicit))
        && consistent(given, declared)
}

/// The best candidate. (`func_match_argtypes`, `func_select_candidate`)
fn choose<T: Declared>(candidates: Vec<&'static T>, given: &[Type]) -> Choice<T> {
    let mut left: Vec<&'static T> =
        candidates.into_iter().filter(|candidate| accepts(given, candidate.args())).collect();
    let settled = |left: &[&'static T]| match left {
        [] => Some(Choice::None),
        [one] => Some(Choice::One(*one)),
        _ => None,
    };
    if let Some(choice) = settled(&left) {
        return choice;
    }
    let known = |index: usize| given[index] != Type::Unknown;
    // Most arguments that fit as they are.
    keep_best(&mut left, |candidate| {
        (0..given.len()).filter(|&index| known(index) && candidate.args()[index] == given[index]).count()
    });
    if let Some(choice) = settled(&left) {
        return choice;
    }
    // Most that fit as they are or become their category's preferred type.
    keep_best(&mut left, |candidate| {
        let fits = |index: &usize| {
            let declared = candidate.args()[*index];
            known(*index)
                && (declared == given[*index]
                    || (declared.is_preferred() && declared.category() == given[*index].category()))
        };
        (0..given.len()).filter(fits).count()
    });
    if let Some(choice) = settled(&left) {
        return choice;
    }
    if (0..given.len()).all(known) {
        return Choice::Several;
    }
    if let Some(wanted) = categories(&left, given) {
        let fits = |candidate: &&'static T| {
            wanted.iter().zip(candidate.args()).all(|(wanted, declared)| match wanted {
                None => true,
                Some((category, preferred)) => {
                    declared.category() == *category && (!preferred || declared.is_preferred())
                }
            })
        };
        if left.iter().any(fits) {
            left.retain(fits);
        }
        if let Some(choice) = settled(&left) {
            return choice;
        }
    }
    // All known arguments are of one type: then the literals are, too.
    let mut types = given.iter().filter(|ty| **ty != Type::Unknown);
    if let Some(first) = types.next()
        && types.all(|ty| ty == first)
    {
        let same = vec![*first; given.len()];
        left.retain(|candidate| accepts(&same, candidate.args()));
        if let [one] = left[..] {
            return Choice::One(one);
        }
    }
    Choice::Several
}

fn keep_best<T>(candidates: &mut Vec<&'static T>, score: impl Fn(&'static T) -> usize) {
    let best = candidates.iter().map(|candidate| score(candidate)).max().unwrap_or(0);
    candidates.retain(|candidate| score(candidate) == best);
}

/// What each literal seems to be: the category, and whether its preferred type is among the candidates. `None` if they disagree.
type Wanted = Vec<Option<(Category, bool)>>;

fn categories<T: Declared>(candidates: &[&'static T], given: &[Type]) -> Option<Wanted> {
    let mut wanted = Vec::with_capacity(given.len());
    for (index, ty) in given.iter().enumerate() {
        if *ty != Type::Unknown {
            wanted.push(None);
            continue;
        }
        let declared = || candidates.iter().map(|candidate| candidate.args()[index]);
        let first = declared().next()?.category();
        // Literals look like strings: a candidate that takes one decides.
        let category = match declared().any(|declared| declared.category() == Category::String) {
            true => Category::String,
            false if declared().all(|declared| declared.category() == first) => first,
            false => return None,
        };
        let preferred = declared().any(|declared| declared.category() == category && declared.is_preferred());
        wanted.push(Some((category, preferred)));
    }
    Some(wanted)
}
