//! Files of rows, read by somebody else's readers.

use super::mail::python;
use serde_json::Value;
use std::io::Write as _;
use std::process::Stdio;

const CSV: &str = "
import csv, io, json, sys
text = sys.stdin.buffer.read().decode('utf-8')
assert text.startswith('\\ufeff'), 'no byte order mark'
print(json.dumps(list(csv.reader(io.StringIO(text[1:], newline=''), strict=True))))";

const XLSX: &str = "
import io, json, sys
from openpyxl import load_workbook
book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
sheet = book.active
value = lambda cell: cell.value.isoformat() if cell.is_date else cell.value
print(json.dumps({
    'title': sheet.title, 'frozen': sheet.freeze_panes, 'filter': sheet.auto_filter.ref,
    'bold': [cell.font.b for cell in sheet[1]],
    'rows': [[value(cell) for cell in row] for row in sheet.iter_rows()],
    'types': [[cell.data_type for cell in row] for row in sheet.iter_rows()],
}))";

/// The rows of comma-separated values, the headings first.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    serde_json::from_value(read(CSV, text.as_bytes())).unwrap()
}

/// A workbook with one sheet: its `rows`, the `types` of their cells and how it looks.
pub fn xlsx(bytes: &[u8]) -> Value {
    read(XLSX, bytes)
}

fn read(script: &str, bytes: &[u8]) -> Value {
    let mut reader = python()
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    reader.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
