//! Archives: zip, tar and gzip. What a zip file holds says whether it is a document; the rest is looked into file by file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, SeekFrom};

use zip::ZipArchive;

use super::{Look, MOST_PARTS, Source, has_ending, shown, within};
use crate::disclosure::{Form, NotRead};

/// A zip file whose parts can be read by name.
pub(super) struct Package<'a> {
    zip: ZipArchive<&'a mut dyn Source>,
    /// The names of its files, in order, each with its place in the archive.
    pub(super) names: BTreeMap<String, usize>,
}

impl Look<'_> {
    pub(super) fn zip(&mut self, source: &mut dyn Source, outer: &str, depth: usize) {
        let Ok(zip) = ZipArchive::new(source) else { return self.not_read(NotRead::Damaged, outer) };
        if zip.len() > MOST_PARTS {
            return self.not_read(NotRead::TooLarge, outer);
        }
        let names = (0..zip.len())
            .filter_map(|index| Some((zip.name_for_index(index)?.ok()?.into_owned(), index)))
            .collect();
        let mut package = Package { zip, names };
        if package.names.contains_key("[Content_Types].xml") {
            self.office(&mut package, outer, depth);
        } else if package.names.contains_key("mimetype") && package.names.contains_key("content.xml") {
            self.open_document(&mut package, outer, depth);
        } else {
            let names: Vec<String> = package.names.keys().cloned().collect();
            for name in names.iter().filter(|name| !name.ends_with('/')) {
                self.name(name, outer);
                self.packed(&mut package, name, &format!("in the packed file {}", shown(name)), outer, depth);
            }
        }
    }

    /// Looks at the name of a file in an archive.
    fn name(&mut self, name: &str, outer: &str) {
        let place = within(&format!("in the name of the packed file {}", shown(name)), outer);
        for part in name.split('/') {
            self.text(part, Form::Prose, &place);
        }
    }

    /// Looks into one file of a package.
    pub(super) fn packed(
        &mut self,
        package: &mut Package<'_>,
        name: &str,
        place: &str,
        outer: &str,
        depth: usize,
    ) {
        let place = within(place, outer);
        match self.part(package, name) {
            Ok(bytes) => self.file(name, &mut Cursor::new(bytes), &place, depth + 1),
            Err(why) => self.not_read(why, &place),
        }
    }

    /// The bytes of one file of a package; empty where there is none of this name.
    pub(super) fn part(&mut self, package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, NotRead> {
        let Some(index) = package.names.get(name).copied() else { return Ok(Vec::new()) };
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(NotRead::TooLarge);
        }
        match package.zip.by_index(index) {
            Ok(file) if file.encrypted() => Err(NotRead::Locked),
            Ok(mut file) => self.all(&mut file),
            Err(zip::result::ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                Err(NotRead::Locked)
            }
            Err(zip::result::ZipError::UnsupportedArchive(_)) => Err(NotRead::Unknown),
            Err(_) => Err(NotRead::Damaged),
        }
    }

    /// One file of a package as text; empty where it cannot be read, which is said.
    pub(super) fn part_text(&mut self, package: &mut Package<'_>, name: &str, outer: &str) -> String {
        match self.part(package, name) {
            Ok(bytes) => super::letters::decoded(&bytes).unwrap_or_else(|| super::letters::latin(&bytes)),
            Err(why) => {
                self.not_read(why, &within(&format!("in its part {}", shown(name)), outer));
                String::new()
            }
        }
    }

    pub(super) fn gzip(&mut self, name: &str, bytes: &[u8], outer: &str, depth: usize) {
        match self.all(&mut flate2::read::MultiGzDecoder::new(bytes)) {
            Ok(unpacked) => {
                let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".tgz")).unwrap_or(name);
                self.file(name, &mut Cursor::new(unpacked), outer, depth + 1);
            }
            Err(why) => self.not_read(why, outer),
        }
    }

    /// Headers of 512 bytes, each followed by its file (POSIX.1-1988 ustar).
    pub(super) fn tar(&mut self, source: &mut dyn Source, outer: &str, depth: usize) {
        let mut at = 0_u64;
        let mut header = [0; 512];
        loop {
            self.parts += 1;
            if self.parts > MOST_PARTS {
                return self.not_read(NotRead::TooLarge, outer);
            }
            if source.seek(SeekFrom::Start(at)).is_err()
                || source.read_exact(&mut header).is_err()
                || header[0] == 0
            {
                return;
            }
            let field = |from: usize, to: usize| {
                let bytes = &header[from..to];
                let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
                String::from_utf8_lossy(&bytes[..end]).trim().to_string()
            };
            let Ok(size) = u64::from_str_radix(&field(124, 136), 8) else {
                return self.not_read(NotRead::Damaged, outer);
            };
            let name = format!("{}/{}", field(345, 500), field(0, 100));
            let is_file = matches!(header[156], 0 | b'0');
            if is_file && size > 0 {
                self.name(&name, outer);
                let place = within(&format!("in the packed file {}", shown(&name)), outer);
                match self.all(&mut (&mut *source).take(size)) {
                    Ok(bytes) => self.file(&name, &mut Cursor::new(bytes), &place, depth + 1),
                    Err(why) => self.not_read(why, &place),
                }
            }
            at = at.saturating_add(512).saturating_add(size.div_ceil(512).saturating_mul(512));
        }
    }

    /// An object of another program in a document.
    pub(super) fn object(&mut self, package: &mut Package<'_>, name: &str, outer: &str, depth: usize) {
        let place = format!("in the embedded file {}", shown(name));
        if has_ending(name, &["bin", "emf", "wmf"]) {
            match self.part(package, name) {
                Ok(bytes) if bytes.starts_with(b"PK\x03\x04") => {
                    self.file(name, &mut Cursor::new(bytes), &within(&place, outer), depth + 1);
                }
                Ok(bytes) => self.rough(&bytes, &within(&place, outer)),
                Err(why) => self.not_read(why, &within(&place, outer)),
            }
        } else {
            self.packed(package, name, &place, outer, depth);
        }
    }
}

impl Look<'_> {
    /// What can be read of bytes whose format is not known.
    pub(super) fn rough(&mut self, bytes: &[u8], place: &str) {
        self.receiver.letters(&super::letters::runs(bytes), place);
    }
}
