//! Documents that are zip archives of parts: which kind an archive is, and its
//! parts, none of them larger than a document can hold.

use crate::extract::xml::{self, Element};
use crate::model::MediaType;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// No part of a document of words comes near this size.
const MOST_BYTES: u64 = 256 << 20;

/// A part that is larger than this and unpacks to more than [`MOST_RATIO`]
/// times its size is no text.
const SMALL: u64 = 16 << 20;

/// How far text can be packed, amply.
const MOST_RATIO: u64 = 400;

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What a person calls such a file.
    name: &'static str,
}

impl<'a> Archive<'a> {
    /// Opens the archive of a document that a person calls `name`.
    pub(crate) fn open(bytes: &'a [u8], name: &'static str) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(
            |_| "damaged zip archive: the file is cut short or broken; fetch or save it again",
        )?;
        Ok(Self { zip, name })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether the name of any part starts like this.
    pub(crate) fn has_start(&self, start: &str) -> bool {
        self.zip.file_names().flatten().any(|name| name.starts_with(start))
    }

    /// The bytes of a part, if it is there.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let kind = self.name;
        let damaged = || format!("damaged {kind}: `{name}` cannot be unpacked; save it again");
        let too_large =
            || format!("`{name}` unpacks to more than a document can hold; it was not read");
        let file = self.zip.by_index(index).map_err(|_| damaged())?;
        let packed = file.compressed_size().max(1);
        if file.size() > MOST_BYTES || (file.size() > SMALL && file.size() / packed > MOST_RATIO) {
            return Err(too_large());
        }
        // What the archive says of a size need not be true.
        let mut bytes = Vec::new();
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let size = bytes.len() as u64;
        if size > MOST_BYTES || (size > SMALL && size / packed > MOST_RATIO) {
            return Err(too_large());
        }
        Ok(Some(bytes))
    }

    /// A part as XML, if it is there.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Element>, String> {
        Ok(self.bytes(name)?.map(|bytes| xml::read(&bytes)))
    }
}

/// What kind of document an archive is, by the parts it has; DOCX where there
/// is no sign of another.
pub(crate) fn kind(bytes: &[u8]) -> MediaType {
    let Ok(archive) = Archive::open(bytes, "zip archive") else { return MediaType::Docx };
    if archive.has("[Content_Types].xml") {
        MediaType::Docx
    } else if archive.has("META-INF/container.xml") && !archive.has("content.xml") {
        MediaType::Epub
    } else if archive.has("content.xml") {
        MediaType::Odt
    } else {
        MediaType::Docx
    }
}
