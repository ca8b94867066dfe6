//! Serializable Snapshot Isolation: SIREAD locks, read/write conflicts, dangerous structures, safe snapshots.
//! (PostgreSQL's `predicate.c` and `README-SSI`; Ports & Grittner, *Serializable Snapshot Isolation in PostgreSQL*, 2012)
