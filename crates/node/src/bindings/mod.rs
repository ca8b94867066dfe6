//! What Node's C++ layer does for its JavaScript part: plain functions over bytes, with no engine in sight.

mod hashing;
mod key_derivation;
mod urls;
mod zlib;

pub use hashing::{digest, hmac};
pub use key_derivation::{ScryptError, pbkdf2, scrypt};
pub use urls::{UrlParts, parse_url, set_url};
pub use zlib::{deflate, inflate};
