//! The types of files that are known, by name and by content.

use ebenezer_shared::crm::document::DocumentKind;
use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom};

/// So many bytes at a file's beginning say what it is.
const HEAD: usize = 8192;
/// Parts that an office file may have; a few dozen are usual.
const MAX_PARTS: u16 = 10_000;
/// An office file may say that it unpacks to so much.
const MAX_UNPACKED: u64 = 1 << 30;
/// So much of the list of an office file's parts is read.
const MAX_PART_LIST: u64 = 1 << 20;

/// A type of file that may be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    Pdf,
    Xlsx,
    Csv,
    Docx,
    Txt,
    Png,
    Jpg,
    Webp,
    Heic,
    Gif,
}

/// Why a file is not what its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The content is of another type.
    Mismatch,
    /// Unpacked it would be far too large.
    Bomb,
}

impl Unfit {
    /// The code of the field error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mismatch => "file_type_mismatch",
            Self::Bomb => "file_suspicious",
        }
    }
}

impl FileType {
    /// What is allowed when nothing is configured.
    pub const DEFAULTS: [Self; 9] = [
        Self::Pdf,
        Self::Xlsx,
        Self::Csv,
        Self::Docx,
        Self::Txt,
        Self::Png,
        Self::Jpg,
        Self::Webp,
        Self::Heic,
    ];

    /// The type of an extension, without its dot, in whatever case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "xlsx" => Self::Xlsx,
            "csv" => Self::Csv,
            "docx" => Self::Docx,
            "txt" => Self::Txt,
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpg,
            "webp" => Self::Webp,
            "heic" => Self::Heic,
            "gif" => Self::Gif,
            _ => return None,
        })
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Txt => "txt",
            Self::Png => "png",
            Self::Jpg => "jpg",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Gif => "gif",
        }
    }

    /// Every extension that files of the type have.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Xlsx => &["xlsx"],
            Self::Csv => &["csv"],
            Self::Docx => &["docx"],
            Self::Txt => &["txt"],
            Self::Png => &["png"],
            Self::Jpg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Heic => &["heic"],
            Self::Gif => &["gif"],
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Txt => "text/plain",
            Self::Png => "image/png",
            Self::Jpg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Gif => "image/gif",
        }
    }

    pub const fn kind(self) -> DocumentKind {
        match self {
            Self::Pdf => DocumentKind::Pdf,
            Self::Xlsx | Self::Csv => DocumentKind::Spreadsheet,
            Self::Docx => DocumentKind::Text,
            Self::Txt => DocumentKind::Plain,
            Self::Png | Self::Jpg | Self::Webp | Self::Heic | Self::Gif => DocumentKind::Image,
        }
    }

    /// Whether browsers show it safely by themselves.
    pub const fn is_previewable(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Jpg | Self::Webp | Self::Gif)
    }

    /// Reads as much of a file as it takes to know that it is of this type.
    pub fn check(self, file: &mut File) -> std::io::Result<Result<(), Unfit>> {
        file.seek(SeekFrom::Start(0))?;
        let mut head = Vec::with_capacity(HEAD);
        file.take(HEAD as u64).read_to_end(&mut head)?;
        let found = infer::get(&head).map_or("", |found| found.extension());
        let fits = match self {
            Self::Csv | Self::Txt => {
                return is_text(file, &head).map(|it| it.then_some(()).ok_or(Unfit::Mismatch));
            }
            Self::Xlsx => return Ok(is_office(file, SHEET)),
            Self::Docx => return Ok(is_office(file, TEXT)),
            // The same container under several brands.
            Self::Heic => matches!(found, "heif" | "heic"),
            _ => found == self.extension(),
        };
        Ok(if fits { Ok(()) } else { Err(Unfit::Mismatch) })
    }
}

/// What the main part of a workbook is (ECMA-376, part 1, 12.3.23).
const SHEET: &str = "spreadsheetml.sheet.main+xml";
/// What the main part of a text is (ECMA-376, part 1, 11.3.10).
const TEXT: &str = "wordprocessingml.document.main+xml";

/// A zip whose list of parts names that main part. Nothing else of it is unpacked.
fn is_office(file: &mut File, main: &str) -> Result<(), Unfit> {
    let few = has_few_parts(file).unwrap_or(false);
    if !few {
        return Err(Unfit::Mismatch);
    }
    let mut archive = zip::ZipArchive::new(file).map_err(|_| Unfit::Mismatch)?;
    let mut unpacked = 0u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| Unfit::Mismatch)?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MAX_UNPACKED {
        return Err(Unfit::Bomb);
    }
    let list = archive.by_name("[Content_Types].xml").map_err(|_| Unfit::Mismatch)?;
    let mut text = Vec::new();
    list.take(MAX_PART_LIST).read_to_end(&mut text).map_err(|_| Unfit::Mismatch)?;
    let names_it = String::from_utf8_lossy(&text).contains(main);
    if names_it { Ok(()) } else { Err(Unfit::Mismatch) }
}

/// Whether the zip's directory says that there are few enough parts to be read (APPNOTE.TXT,
/// 4.3.16).
fn has_few_parts(file: &mut File) -> std::io::Result<bool> {
    const END: usize = 22;
    const LONGEST_COMMENT: u64 = 65_535;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END as u64 + LONGEST_COMMENT)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let ends = tail.windows(END).rev().find_map(|end| match end {
        [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, ..] => {
            Some(u16::from_le_bytes([*low, *high]))
        }
        _ => None,
    });
    Ok(ends.is_some_and(|parts| (1..=MAX_PARTS).contains(&parts)))
}

/// Text in UTF-8, in an older encoding of one byte, or in UTF-16 that says so: nothing that a
/// program would run, and no control characters but the usual ones.
fn is_text(file: &mut File, head: &[u8]) -> std::io::Result<bool> {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Ok(true);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(true);
        }
        let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
        if buffer.iter().take(count).any(is_control) {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn judged(kind: FileType, content: &[u8]) -> Result<(), Unfit> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        kind.check(&mut file).unwrap()
    }

    fn office(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_its_content_is() {
        let program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0";
        for kind in FileType::DEFAULTS {
            assert_eq!(judged(kind, program), Err(Unfit::Mismatch), "{kind:?}");
        }
        assert_eq!(judged(FileType::Pdf, b"%PDF-1.7\n%..."), Ok(()));
        assert_eq!(judged(FileType::Png, b"%PDF-1.7\n%..."), Err(Unfit::Mismatch));
        assert_eq!(judged(FileType::Txt, "Declaración ñandú".as_bytes()), Ok(()));
        assert_eq!(judged(FileType::Csv, b"a;b\r\n1;\xe9\r\n"), Ok(()));
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0\0\0\0\0";
        assert_eq!(judged(FileType::Heic, heic), Ok(()));
    }

    #[test]
    fn office_files_are_told_apart_by_their_main_part() {
        let sheet = office(&[("[Content_Types].xml", SHEET), ("xl/workbook.xml", "<x/>")]);
        let text = office(&[("[Content_Types].xml", TEXT)]);
        let macros = office(&[("[Content_Types].xml", "ms-word.document.macroEnabled.main+xml")]);
        assert_eq!(judged(FileType::Xlsx, &sheet), Ok(()));
        assert_eq!(judged(FileType::Docx, &text), Ok(()));
        for (kind, content) in [
            (FileType::Docx, sheet),
            (FileType::Xlsx, text),
            (FileType::Docx, macros),
            (FileType::Docx, office(&[("a.txt", "a")])),
            (FileType::Xlsx, b"PK\x03\x04".to_vec()),
        ] {
            assert_eq!(judged(kind, &content), Err(Unfit::Mismatch), "{kind:?}");
        }
    }
}
