//! Small files that other programs read: PDF and PNG, written here by hand so that the demo
//! needs nothing beside the binary.

use crate::storage::FileType;
use std::fmt::Write as _;

/// What stands in a client's file of that name.
pub fn content(name: &str, whom: &str) -> (FileType, Vec<u8>) {
    let (title, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match FileType::of_extension(extension) {
        Some(FileType::Png) => {
            // A sheet of paper with lines of writing on a table.
            let picture = png(480, 640, |x, y| match (x, y) {
                (48..432, 48..592) if y % 48 < 12 && (88..392).contains(&x) => 90,
                (48..432, 48..592) => 245,
                _ => 150,
            });
            (FileType::Png, picture)
        }
        Some(FileType::Csv) => {
            let lines = "mes,salarios,retenciones\n2025-01,18400.00,3128.00\n\
                         2025-02,18400.00,3128.00\n2025-03,19150.00,3255.50\n";
            (FileType::Csv, lines.as_bytes().to_vec())
        }
        Some(FileType::Txt) => {
            let text = format!("{title}\n{whom}\n\n- Revisar gastos del trimestre.\n");
            (FileType::Txt, text.into_bytes())
        }
        _ => {
            let lines = [
                format!("Cliente: {whom}"),
                "Documento de demostración, sin valor legal.".to_owned(),
                "Los datos que contiene son inventados.".to_owned(),
            ];
            (FileType::Pdf, pdf(title, &lines))
        }
    }
}

/// A page in PDF (ISO 32000-1) with a title and lines of text below it.
pub fn pdf(title: &str, lines: &[String]) -> Vec<u8> {
    let mut text = Vec::new();
    text.extend(b"BT /F1 18 Tf 56 780 Td (");
    text.extend(latin(title));
    text.extend(b") Tj /F1 11 Tf 0 -14 Td");
    for line in lines {
        text.extend(b" 0 -18 Td (");
        text.extend(latin(line));
        text.extend(b") Tj");
    }
    text.extend(b" ET");
    let mut stream = format!("<< /Length {} >>\nstream\n", text.len()).into_bytes();
    stream.extend(text);
    stream.extend(b"\nendstream");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
          /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
        stream,
    ];
    let mut file = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.bytes());
    let size = objects.len() + 1;
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    file
}

/// The text as a string of PDF in Windows' Latin encoding; what that lacks is a question mark.
fn latin(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        let byte = u8::try_from(u32::from(c)).unwrap_or(b'?');
        if matches!(byte, b'(' | b')' | b'\\') {
            bytes.push(b'\\');
        }
        bytes.push(byte);
    }
    bytes
}

/// A picture in grey (PNG, ISO/IEC 15948) of that size, by the grey of each place.
pub fn png(width: u32, height: u32, grey: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..height {
        rows.push(0);
        rows.extend((0..width).map(|x| grey(x, y)));
    }
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // Eight bits of grey, no interlacing.
    header.extend([8, 0, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    for (name, content) in [(b"IHDR", header), (b"IDAT", stored(&rows)), (b"IEND", Vec::new())] {
        let length = u32::try_from(content.len()).unwrap_or_default();
        file.extend(length.to_be_bytes());
        let named: Vec<u8> = name.iter().copied().chain(content).collect();
        let check = crc(&named);
        file.extend(named);
        file.extend(check.to_be_bytes());
    }
    file
}

/// Bytes in the form of zlib (RFC 1950, 1951), not compressed.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        let length = u16::try_from(block.len()).unwrap_or_default();
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (a, b) = bytes.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

/// The checksum of PNG's parts (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 }
        })
    })
}
