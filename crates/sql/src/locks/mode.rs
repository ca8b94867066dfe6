//! Which modes exclude each other. (Manual, table 13.2; `LockConflicts` in `lock.c`)

use super::LockMode;
use std::ops::{BitOr, BitOrAssign};

/// A set of lock modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modes(u16);

impl Modes {
    pub const NONE: Self = Self(0);

    const fn of(modes: &[LockMode]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < modes.len() {
            bits |= 1 << modes[i] as u16;
            i += 1;
        }
        Self(bits)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn contains(self, mode: LockMode) -> bool {
        self.meets(mode.into())
    }

    /// Whether the two sets have a mode in common.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without a mode.
    pub fn without(self, mode: LockMode) -> Self {
        Self(self.0 & !(1 << mode as u16))
    }

    /// The modes of the set, weakest first.
    pub fn iter(self) -> impl Iterator<Item = LockMode> {
        LockMode::ALL.into_iter().filter(move |mode| self.contains(*mode))
    }
}

impl From<LockMode> for Modes {
    fn from(mode: LockMode) -> Self {
        Self(1 << mode as u16)
    }
}

impl BitOr for Modes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Modes {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl LockMode {
    /// Every mode, weakest first.
    pub const ALL: [Self; 8] = [
        Self::AccessShare,
        Self::RowShare,
        Self::RowExclusive,
        Self::ShareUpdateExclusive,
        Self::Share,
        Self::ShareRowExclusive,
        Self::Exclusive,
        Self::AccessExclusive,
    ];

    /// The modes that nobody else may hold beside this one.
    pub const fn conflicts(self) -> Modes {
        use LockMode::*;
        match self {
            AccessShare => Modes::of(&[AccessExclusive]),
            RowShare => Modes::of(&[Exclusive, AccessExclusive]),
            RowExclusive => Modes::of(&[Share, ShareRowExclusive, Exclusive, AccessExclusive]),
            ShareUpdateExclusive => {
                Modes::of(&[ShareUpdateExclusive, Share, ShareRowExclusive, Exclusive, AccessExclusive])
            }
            Share => Modes::of(&[RowExclusive, ShareUpdateExclusive, ShareRowExclusive, Exclusive, AccessExclusive]),
            ShareRowExclusive => {
                Modes::of(&[RowExclusive, ShareUpdateExclusive, Share, ShareRowExclusive, Exclusive, AccessExclusive])
            }
            Exclusive => Modes::of(&[
                RowShare,
                RowExclusive,
                ShareUpdateExclusive,
                Share,
                ShareRowExclusive,
                Exclusive,
                AccessExclusive,
            ]),
            AccessExclusive => Modes::of(&Self::ALL),
        }
    }

    /// As `pg_locks` and error messages spell it: `ShareUpdateExclusiveLock`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccessShare => "AccessShareLock",
            Self::RowShare => "RowShareLock",
            Self::RowExclusive => "RowExclusiveLock",
            Self::ShareUpdateExclusive => "ShareUpdateExclusiveLock",
            Self::Share => "ShareLock",
            Self::ShareRowExclusive => "ShareRowExclusiveLock",
            Self::Exclusive => "ExclusiveLock",
            Self::AccessExclusive => "AccessExclusiveLock",
        }
    }
}
