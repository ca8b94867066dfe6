use crate::Note;

/// What a step leaves behind for whoever made it: a [`Note`] for a recording, nothing for a search.
///
/// A rule of a model is written once, generic over its listener, and the sentence is only made up when somebody reads it:
///
/// ```
/// use interleave_kernel::{Note, Tell};
///
/// struct Account(i64);
///
/// impl Account {
///     fn pay<T: Tell>(&mut self, cents: i64) -> T {
///         self.0 += cents;
///         T::tell(|| format!("{cents} cents arrive; the balance is {}.", self.0))
///     }
/// }
///
/// let mut account = Account(0);
/// account.pay::<()>(5);
/// assert_eq!(account.pay::<Note>(7).plain(), "7 cents arrive; the balance is 12.");
/// ```
pub trait Tell {
    /// Takes what happened and why, in a sentence. See [`Note::new`] for its marks.
    fn tell(sentence: impl FnOnce() -> String) -> Self;
}

impl Tell for Note {
    fn tell(sentence: impl FnOnce() -> String) -> Self {
        Note::new(sentence())
    }
}

impl Tell for () {
    fn tell(_: impl FnOnce() -> String) {}
}
