//! A session as it stands.

use crate::lab::scene::{SessionState, Status};
use crate::store::{SessionId, Store};

/// A session's transaction, level and snapshot. `next` is the statement it runs next.
pub fn session(store: &Store, id: SessionId, next: u32) -> SessionState {
    let session = store.session(id);
    let transaction = session.transaction.as_ref();
    SessionState {
        status: match session.block() {
            (_, true) => Status::Failed,
            (true, false) => Status::InTransaction,
            (false, false) => Status::Idle,
        },
        isolation: transaction.map_or_else(|| session.settings.isolation(), |transaction| transaction.isolation),
        xid: transaction.and_then(|transaction| transaction.levels.first()?.xid).map(|xid| xid.0),
        snapshot: transaction.and_then(|transaction| transaction.snapshot.as_ref()).map(ToString::to_string),
        next,
    }
}
