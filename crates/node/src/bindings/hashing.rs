use hmac::{Hmac, Mac};
use sha2::Digest;

/// Evaluates an expression in which `$Hash` is the hash that OpenSSL, and so Node, knows as `$name`; `None` for an
/// unknown one.
macro_rules! with_hash {
    ($name:expr, $Hash:ident => $value:expr) => {
        with_hash!(@ $name, $Hash => $value,
            "md5" | "rsa-md5" => md5::Md5,
            "sha1" | "rsa-sha1" => sha1::Sha1,
            "sha224" | "rsa-sha224" => sha2::Sha224,
            "sha256" | "rsa-sha256" => sha2::Sha256,
            "sha384" | "rsa-sha384" => sha2::Sha384,
            "sha512" | "rsa-sha512" => sha2::Sha512,
        )
    };
    (@ $name:expr, $Hash:ident => $value:expr, $($pattern:pat => $hash:ty,)*) => {
        match $name.to_ascii_lowercase().as_str() {
            $($pattern => {
                type $Hash = $hash;
                Some($value)
            })*
            _ => None,
        }
    };
}
pub(super) use with_hash;

/// The digest of `data`; `None` when `algorithm` is not one of Node's names for md5, sha1 or a SHA-2.
pub fn digest(algorithm: &str, data: &[u8]) -> Option<Vec<u8>> {
    with_hash!(algorithm, Hash => Hash::digest(data).to_vec())
}

/// RFC 2104's keyed digest; `None` when `algorithm` is unknown.
pub fn hmac(algorithm: &str, key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    with_hash!(algorithm, Hash => {
        // HMAC takes keys of any length (RFC 2104, section 3).
        let mac = <Hmac<Hash> as Mac>::new_from_slice(key).ok()?;
        mac.chain_update(data).finalize().into_bytes().to_vec()
    })
}

#[cfg(test)]
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digests_of_abc_are_those_of_the_standards() {
        for (algorithm, expected) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("SHA256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("RSA-SHA224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
        ] {
            assert_eq!(hex(&digest(algorithm, b"abc").unwrap()), expected, "{algorithm}");
        }
        let long = digest("sha512", b"abc").unwrap();
        assert_eq!((long.len(), hex(&long[..8])), (64, "ddaf35a193617aba".to_owned()));
        assert_eq!(digest("sha384", b"").unwrap().len(), 48);
    }

    #[test]
    fn hmac_gives_rfc_4231_case_2() {
        assert_eq!(
            hex(&hmac("sha256", b"Jefe", b"what do ya want for nothing?").unwrap()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn an_unknown_algorithm_is_none() {
        assert_eq!(digest("crc32", b""), None);
        assert_eq!(hmac("", b"", b""), None);
    }
}
