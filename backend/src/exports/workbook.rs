//! Workbooks, written to a file row by row and sent when they are whole.

use super::cell::{Cell, local};
use super::list::List;
use super::rows::{Part, Rows};
use super::{XLSX, XLSX_BYTES};
use crate::error::ApiError;
use crate::http::answer::Stream;
use actix_web::web::Bytes;
use anyhow::Context as _;
use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use futures_util::stream;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::Seek as _;
use std::path::PathBuf;
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc::{self, Receiver};

/// So much of the file is sent at a time.
const CHUNK: usize = 64 << 10;
/// Longest text of a cell, in UTF-16 (Excel's limit is 32,767).
const LONGEST: usize = 32_000;
/// Narrowest and widest column, in letters.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;
/// Formats that each spreadsheet shows as its own language does (ECMA-376, 18.8.30).
const DAY: u8 = 14;
const MOMENT: u8 = 22;

/// The rows as a file. It is written before the answer begins, so what cannot be read is told
/// as any error; it has no name, so it goes with whoever stops listening.
pub(super) async fn stream<L: List>(rows: &mut Rows<L>) -> Result<Stream, ApiError> {
    let storage = &rows.scope.state.storage;
    let mut file = storage.waiting_file().context("a workbook finds no place")?;
    let book = Book {
        title: L::TITLE.get(rows.locale()),
        headings: rows.headings(),
        zone: rows.zone(),
        folder: storage.waiting_room().to_owned(),
    };
    let (sender, parts) = mpsc::channel(1);
    let writer = tokio::task::spawn_blocking(move || {
        book.write(&mut file, parts)?;
        anyhow::Ok(file)
    });
    while let Some(part) = rows.next().await? {
        if sender.send(Some(part)).await.is_err() {
            // It says itself what went wrong.
            break;
        }
    }
    let _ = sender.send(None).await;
    let mut file = writer.await.context("a workbook was not finished")??;
    file.rewind().context("a workbook cannot be read")?;
    let size = file.metadata().context("a workbook cannot be read")?.len();
    if size > XLSX_BYTES {
        return Err(ApiError::invalid("format", "too_many_rows"));
    }
    let chunks = stream::unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut chunk = vec![0; CHUNK];
        match file.read(&mut chunk).await {
            Ok(0) => None,
            Ok(count) => {
                chunk.truncate(count);
                Some((Ok(Bytes::from(chunk)), file))
            }
            Err(error) => Some((Err(anyhow::Error::from(error).into()), file)),
        }
    });
    Ok(Stream::file(XLSX, chunks, size, None))
}

/// What is known of a workbook before its rows.
struct Book {
    title: &'static str,
    headings: Vec<String>,
    zone: Tz,
    folder: PathBuf,
}

impl Book {
    /// Writes all parts until the one that says that there are no more. Without that one
    /// nobody wants the file.
    fn write(self, file: &mut File, mut parts: Receiver<Option<Part>>) -> anyhow::Result<()> {
        let mut book = Workbook::new();
        book.set_tempdir(&self.folder)?;
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(self.title)?;
        let head = Format::new().set_bold();
        let mut pen = Pen::new(self.zone, self.headings.len());
        let headings = self.headings.into_iter().map(Cell::Text).collect();
        pen.row(sheet, headings, Some(&head))?;
        loop {
            let part = parts.blocking_recv().context("nobody waits for the workbook")?;
            let Some(part) = part else { break };
            for row in part {
                pen.row(sheet, row, None)?;
            }
        }
        pen.finish(sheet)?;
        book.save_to_writer(file)?;
        Ok(())
    }
}

/// Writes row after row.
struct Pen {
    zone: Tz,
    row: u32,
    /// The longest text of each column.
    widths: Vec<usize>,
    day: Format,
    moment: Format,
}

impl Pen {
    fn new(zone: Tz, columns: usize) -> Self {
        let shown_as =
            |index| Format::new().set_num_format_index(index).set_align(FormatAlign::Left);
        Self {
            zone,
            row: 0,
            widths: vec![0; columns],
            day: shown_as(DAY),
            moment: shown_as(MOMENT),
        }
    }

    fn row(
        &mut self,
        sheet: &mut Worksheet,
        cells: Vec<Cell>,
        format: Option<&Format>,
    ) -> Result<(), XlsxError> {
        for ((column, cell), width) in (0..).zip(cells).zip(&mut self.widths) {
            let written = match cell {
                Cell::Nothing => continue,
                Cell::Text(text) => {
                    let text = cut(text);
                    match format {
                        Some(format) => {
                            sheet.write_string_with_format(self.row, column, &text, format)?
                        }
                        None => sheet.write_string(self.row, column, &text)?,
                    };
                    text.chars().count()
                }
                #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
                Cell::Number(number) => {
                    sheet.write_number(self.row, column, number as f64)?;
                    number.to_string().len()
                }
                Cell::Day(day) if is_known(day) => {
                    sheet.write_with_format(self.row, column, &day, &self.day)?;
                    10
                }
                Cell::Moment(at) if is_known(local(at, self.zone).date()) => {
                    let at = local(at, self.zone);
                    sheet.write_with_format(self.row, column, &at, &self.moment)?;
                    16
                }
                old => {
                    sheet.write_string(self.row, column, old.written(self.zone))?;
                    10
                }
            };
            *width = written.max(*width);
        }
        self.row += 1;
        Ok(())
    }

    /// The headings stay in sight and filter; columns are as wide as what stands in them.
    fn finish(self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_freeze_panes(1, 0)?;
        let columns = u16::try_from(self.widths.len()).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, self.row.saturating_sub(1), columns.saturating_sub(1))?;
        for (column, width) in (0..).zip(self.widths) {
            let width = (width + 2).clamp(*WIDTHS.start(), *WIDTHS.end());
            sheet.set_column_width(column, u32::try_from(width).unwrap_or(u32::MAX))?;
        }
        Ok(())
    }
}

/// Whether Excel's calendar has the day.
fn is_known(day: NaiveDate) -> bool {
    (1900..10_000).contains(&day.year())
}

/// The text, as far as a cell holds it.
fn cut(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let mut length = 0;
    text.chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= LONGEST
        })
        .collect()
}
