//! Unpacks a body as it comes, held to a cap on what it decodes to.
//!
//! The HTTP client would count the bytes of the wire, of which a few kilobytes
//! can decode to gigabytes.

use crate::fetch::options::FetchOptions;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::fmt;
use std::io::{self, Write};

/// Bytes after which the ratio of a packed body is judged.
const JUDGED_AFTER: u64 = 1 << 20;

/// A body on its way.
pub(crate) struct Unpacker {
    coding: Coding,
    /// Bytes of the wire so far.
    packed: u64,
    max_ratio: u64,
}

enum Coding {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
    /// `deflate`, before its first byte tells which of two things it is.
    Undecided(Capped),
    Zlib(Box<ZlibDecoder<Capped>>),
    Deflate(Box<DeflateDecoder<Capped>>),
}

/// Takes bytes up to a number.
struct Capped {
    bytes: Vec<u8>,
    most: u64,
}

/// The body has more bytes than are taken.
#[derive(Debug)]
pub(crate) struct OverCap;

/// The body unpacks to more for each of its bytes than documents do.
#[derive(Debug)]
pub(crate) struct OverRatio;

impl fmt::Display for OverCap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("more bytes than are taken")
    }
}

impl fmt::Display for OverRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it unpacks to far more than documents do")
    }
}

impl std::error::Error for OverCap {}
impl std::error::Error for OverRatio {}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.bytes.len() + bytes.len()) as u64 > self.most {
            return Err(io::Error::other(OverCap));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unpacker {
    /// For a body that is packed as `coding` says; none for a coding that was
    /// not asked for and is not known.
    pub(crate) fn new(coding: Option<&str>, options: &FetchOptions) -> Option<Self> {
        let capped = Capped { bytes: Vec::new(), most: options.max_bytes };
        let coding = coding.map(|name| name.trim().to_ascii_lowercase()).unwrap_or_default();
        let coding = match coding.as_str() {
            "" | "identity" => Coding::Plain(capped),
            "gzip" | "x-gzip" => Coding::Gzip(Box::new(MultiGzDecoder::new(capped))),
            "deflate" => Coding::Undecided(capped),
            _ => return None,
        };
        Some(Self { coding, packed: 0, max_ratio: options.max_ratio })
    }

    /// Takes more of the wire.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        // In small pieces, so that the ratio is judged long before the cap.
        for piece in bytes.chunks(4096) {
            self.decide(piece);
            self.packed += piece.len() as u64;
            match &mut self.coding {
                Coding::Plain(capped) | Coding::Undecided(capped) => capped.write_all(piece)?,
                Coding::Gzip(decoder) => decoder.write_all(piece)?,
                Coding::Zlib(decoder) => decoder.write_all(piece)?,
                Coding::Deflate(decoder) => decoder.write_all(piece)?,
            }
            let unpacked = self.len();
            if unpacked > JUDGED_AFTER && unpacked / self.packed > self.max_ratio {
                return Err(io::Error::other(OverRatio));
            }
        }
        Ok(())
    }

    /// Servers send two things as `deflate`, and mean the one with a header.
    fn decide(&mut self, piece: &[u8]) {
        if let (Coding::Undecided(capped), Some(first)) = (&mut self.coding, piece.first()) {
            let most = capped.most;
            let capped = Capped { bytes: std::mem::take(&mut capped.bytes), most };
            self.coding = if first & 0x0f == 8 {
                Coding::Zlib(Box::new(ZlibDecoder::new(capped)))
            } else {
                Coding::Deflate(Box::new(DeflateDecoder::new(capped)))
            };
        }
    }

    /// Bytes unpacked so far.
    pub(crate) fn len(&self) -> u64 {
        let capped = match &self.coding {
            Coding::Plain(capped) | Coding::Undecided(capped) => capped,
            Coding::Gzip(decoder) => decoder.get_ref(),
            Coding::Zlib(decoder) => decoder.get_ref(),
            Coding::Deflate(decoder) => decoder.get_ref(),
        };
        capped.bytes.len() as u64
    }

    /// The whole body; an error where the packing breaks off.
    pub(crate) fn finish(self) -> io::Result<Vec<u8>> {
        // A packed body of no bytes at all is an empty one.
        if self.packed == 0 {
            return Ok(Vec::new());
        }
        let capped = match self.coding {
            Coding::Plain(capped) | Coding::Undecided(capped) => capped,
            Coding::Gzip(decoder) => decoder.finish()?,
            Coding::Zlib(decoder) => decoder.finish()?,
            Coding::Deflate(decoder) => decoder.finish()?,
        };
        Ok(capped.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::time::SystemTime;

    fn options() -> FetchOptions {
        FetchOptions { max_bytes: 8 << 20, ..FetchOptions::new(|| SystemTime::UNIX_EPOCH) }
    }

    fn unpack(coding: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut unpacker = Unpacker::new(Some(coding), &options()).unwrap();
        unpacker.take(bytes)?;
        unpacker.finish()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn each_packing_that_servers_use_is_unpacked() {
        let words = b"words and words and words".as_slice();
        assert_eq!(unpack("GZIP", &gzip(words)).unwrap(), words);
        let twice = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(unpack("x-gzip", &twice).unwrap(), b"one two", "members one after another");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(words).unwrap();
        assert_eq!(unpack("deflate", &zlib.finish().unwrap()).unwrap(), words);
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(words).unwrap();
        assert_eq!(unpack("deflate", &raw.finish().unwrap()).unwrap(), words);
        assert_eq!(unpack("identity", words).unwrap(), words);
        assert!(Unpacker::new(Some("br"), &options()).is_none());
    }

    #[test]
    fn what_breaks_off_or_is_altered_is_an_error() {
        let packed = gzip(&(0..9000_u32).flat_map(u32::to_be_bytes).collect::<Vec<u8>>());
        assert!(unpack("gzip", &packed[..packed.len() / 2]).is_err());
        assert!(unpack("gzip", &packed[..packed.len() - 4]).is_err());
        let mut altered = packed.clone();
        let middle = altered.len() - 6;
        altered[middle] ^= 1;
        assert!(unpack("gzip", &altered).is_err());
        assert!(unpack("gzip", b"no gzip at all").is_err());
    }

    #[test]
    fn a_bomb_is_known_by_its_ratio_and_a_long_document_by_the_cap() {
        let bomb = unpack("gzip", &gzip(&vec![b'a'; 6 << 20])).unwrap_err();
        assert!(bomb.get_ref().unwrap().is::<OverRatio>(), "{bomb}");
        let long = unpack("identity", &vec![b'a'; 9 << 20]).unwrap_err();
        assert!(long.get_ref().unwrap().is::<OverCap>(), "{long}");
    }
}
