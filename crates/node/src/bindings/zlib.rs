use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder, GzDecoder, GzEncoder, ZlibDecoder, ZlibEncoder};
use std::io::Read;

/// Compresses to `format` (`gzip`, `deflate` for zlib's own framing, `raw`) at `level` 0 to 9; `None` for another format.
///
/// The stream is valid but not zlib's byte for byte: another matcher finds other matches.
pub fn deflate(format: &str, data: &[u8], level: u32) -> Option<Vec<u8>> {
    let level = Compression::new(level.min(9));
    match format {
        "gzip" => all(GzEncoder::new(data, level)),
        "deflate" => all(ZlibEncoder::new(data, level)),
        "raw" => all(DeflateEncoder::new(data, level)),
        _ => None,
    }
}

/// Undoes [`deflate`]; `None` when `data` is not a whole stream in `format`, or would unpack to more than `limit` bytes.
pub fn inflate(format: &str, data: &[u8], limit: u64) -> Option<Vec<u8>> {
    match format {
        "gzip" => at_most(limit, GzDecoder::new(data)),
        "deflate" => at_most(limit, ZlibDecoder::new(data)),
        "raw" => at_most(limit, DeflateDecoder::new(data)),
        _ => None,
    }
}

fn all(mut from: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    from.read_to_end(&mut out).ok()?;
    Some(out)
}

fn at_most(limit: u64, from: impl Read) -> Option<Vec<u8>> {
    let out = all(from.take(limit.saturating_add(1)))?;
    (out.len() as u64 <= limit).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_comes_back() {
        let text = b"to be or not to be, that is the question ".repeat(50);
        for format in ["gzip", "deflate", "raw"] {
            let packed = deflate(format, &text, 6).unwrap();
            assert!(packed.len() < 120, "{format} packs 2,050 repetitive bytes into {}", packed.len());
            assert_eq!(inflate(format, &packed, 1 << 20).unwrap(), text, "{format}");
        }
    }

    #[test]
    fn what_zlib_wrote_is_read() {
        // zlib.deflateSync('hello') of Node 20.
        let packed = [0x78, 0x9c, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x06, 0x2c, 0x02, 0x15];
        assert_eq!(inflate("deflate", &packed, 100).unwrap(), b"hello");
    }

    #[test]
    fn broken_cut_and_oversized_streams_are_refused() {
        assert_eq!(inflate("gzip", b"not gzip", 100), None);
        let packed = deflate("gzip", &[7; 1000], 9).unwrap();
        assert_eq!(inflate("gzip", &packed[..packed.len() - 4], 2000), None);
        assert_eq!(inflate("gzip", &packed, 999), None);
        assert_eq!(inflate("gzip", &packed, 1000).unwrap().len(), 1000);
        assert_eq!(deflate("brotli", b"", 1), None);
    }
}
