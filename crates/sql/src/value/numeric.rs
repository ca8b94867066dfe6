//! An arbitrary-precision decimal.

/// An arbitrary-precision decimal.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeric;
