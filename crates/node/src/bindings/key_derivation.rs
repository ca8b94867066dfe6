use super::hashing::with_hash;

/// PKCS #5's key derivation (RFC 8018, section 5.2); `None` when `algorithm` is unknown or `iterations` is zero.
pub fn pbkdf2(algorithm: &str, password: &[u8], salt: &[u8], iterations: u32, length: usize) -> Option<Vec<u8>> {
    (iterations > 0).then_some(())?;
    let mut key = vec![0; length];
    with_hash!(algorithm, Hash => pbkdf2::pbkdf2_hmac::<Hash>(password, salt, iterations, &mut key))?;
    Some(key)
}

/// Why [`scrypt`] refuses its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScryptError {
    /// `N` is not a power of two above one, or `r` and `p` are out of range (RFC 7914, section 2).
    Parameters,
    /// 128·N·r bytes are more than the limit.
    Memory,
}

/// RFC 7914's memory-hard key derivation. `max_memory` is in bytes.
pub fn scrypt(
    password: &[u8],
    salt: &[u8],
    length: usize,
    (n, r, p): (u32, u32, u32),
    max_memory: u64,
) -> Result<Vec<u8>, ScryptError> {
    if n < 2 || !n.is_power_of_two() {
        return Err(ScryptError::Parameters);
    }
    if 128 * u64::from(n) * u64::from(r) > max_memory {
        return Err(ScryptError::Memory);
    }
    // The crate's parameters carry a length of their own for password hashes; the derivation ignores it.
    let parameters = scrypt::Params::new(n.ilog2() as u8, r, p, 32).map_err(|_| ScryptError::Parameters)?;
    let mut key = vec![0; length];
    if length > 0 {
        scrypt::scrypt(password, salt, &parameters, &mut key).map_err(|_| ScryptError::Parameters)?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::super::hashing::hex;
    use super::*;

    #[test]
    fn pbkdf2_gives_rfc_6070_case_2() {
        let key = pbkdf2("sha1", b"password", b"salt", 2, 20).unwrap();
        assert_eq!(hex(&key), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
        let key = pbkdf2("sha256", b"passwd", b"salt", 1, 64).unwrap();
        assert_eq!(hex(&key[..16]), "55ac046e56e3089fec1691c22544b605"); // RFC 7914, section 11
    }

    #[test]
    fn pbkdf2_refuses_what_openssl_refuses() {
        assert_eq!(pbkdf2("sha256", b"", b"", 0, 8), None);
        assert_eq!(pbkdf2("nonesuch", b"", b"", 1, 8), None);
    }

    #[test]
    fn scrypt_gives_rfc_7914_section_12() {
        let key = scrypt(b"", b"", 64, (16, 1, 1), 32 << 20).unwrap();
        assert_eq!(hex(&key[..16]), "77d6576238657b203b19ca42c18a0497");
        let key = scrypt(b"pleaseletmein", b"SodiumChloride", 64, (16384, 8, 1), 32 << 20).unwrap();
        assert_eq!(hex(&key[..16]), "7023bdcb3afd7348461c06cd81fd38eb");
    }

    #[test]
    fn scrypt_says_why_it_refuses() {
        assert_eq!(scrypt(b"", b"", 8, (15, 1, 1), 1 << 20), Err(ScryptError::Parameters));
        assert_eq!(scrypt(b"", b"", 8, (1 << 20, 8, 1), 32 << 20), Err(ScryptError::Memory));
    }
}
