//! A workbook: the matrix, the tags as tidy rows, the agreements, the elements.
//!
//! What is recorded is said by a letter and by a fill that also differs in grey,
//! so that it can be read in print.

use crate::corpus::export::Export;
use crate::corpus::export::records::{Record, records};
use crate::corpus::export::sheet::{link, title};
use crate::corpus::tags::{HEADER, tag_cells};
use crate::model::Presence;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook,
    Worksheet, XlsxError,
};
use std::io;

/// Most characters a cell of a workbook can hold.
const MOST: usize = 32_767;

/// The width of a name in the matrix, in characters.
const NAME: u16 = 64;

/// Writes the workbook.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut book = Workbook::new();
    // The library would ask the clock: a workbook of the same tags has one date.
    let made = ExcelDateTime::from_ymd(1980, 1, 1).map_err(failed)?;
    let properties = DocProperties::new().set_title(&export.taxonomy.name);
    book.set_properties(&properties.set_creation_datetime(&made));
    let records = records(export);
    let looks = Looks::new();
    write_matrix(export, &records, &looks, book.add_worksheet()).map_err(failed)?;
    write_tags(export, &looks, book.add_worksheet()).map_err(failed)?;
    write_agreements(&records, &looks, book.add_worksheet()).map_err(failed)?;
    write_elements(export, &looks, book.add_worksheet()).map_err(failed)?;
    out.extend(book.save_to_buffer().map_err(failed)?);
    Ok(())
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// How cells look.
struct Looks {
    head: Format,
    upright: Format,
    text: Format,
    wrapped: Format,
    present: Format,
    indirect: Format,
    absent: Format,
}

impl Looks {
    fn new() -> Self {
        let bordered = || {
            let line = Color::RGB(0x00C3_C9D3);
            Format::new().set_border(FormatBorder::Thin).set_border_color(line)
        };
        let top = || bordered().set_align(FormatAlign::Top);
        let head = bordered().set_bold().set_background_color(Color::RGB(0x00F1_F3F6));
        let mark =
            || bordered().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self {
            upright: head.clone().set_rotation(90).set_align(FormatAlign::Center),
            head: head.set_align(FormatAlign::VerticalCenter),
            text: top(),
            wrapped: top().set_text_wrap(),
            present: mark()
                .set_bold()
                .set_background_color(Color::RGB(0x001A_7F4B))
                .set_font_color(Color::White),
            indirect: mark()
                .set_background_color(Color::RGB(0x00FB_E3A8))
                .set_font_color(Color::RGB(0x004A_3200)),
            absent: mark().set_font_color(Color::RGB(0x009A_A3B2)),
        }
    }
}

fn write_matrix(
    export: &Export<'_>,
    records: &[Record<'_>],
    looks: &Looks,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_name("Matrix")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_row_height(0, 210)?;
    sheet.set_column_width(0, 15)?.set_column_width(1, NAME)?;
    let unconfirmed = match export.proposed_by {
        Some(_) => "\n\nProposed by a program, not confirmed",
        None => "",
    };
    let labels = [Presence::Present, Presence::Indirect, Presence::Absent];
    let labels = labels.map(|one| format!("{} = {}", letter(one), export.taxonomy.label(one)));
    sheet.write_with_format(
        0,
        0,
        format!("Source\n\n{}{unconfirmed}", labels.join("\n")),
        &looks.wrapped,
    )?;
    sheet.write_with_format(0, 1, "Agreement", &looks.head)?;
    for (column, element) in (2..).zip(&export.taxonomy.elements) {
        let name = title(element.code.as_str(), &element.name);
        sheet.write_with_format(0, column, name, &looks.upright)?;
        sheet.set_column_width(column, 4)?;
    }
    for (row, record) in (1..).zip(records) {
        sheet.write_with_format(row, 0, record.source, &looks.text)?;
        sheet.write_with_format(row, 1, record.name(), &looks.wrapped)?;
        sheet.set_row_height(row, height(lines(record.name(), NAME)))?;
        for (column, element) in (2..).zip(&export.taxonomy.elements) {
            let status = record.status(element.code.as_str());
            let look = match status {
                Some(Presence::Present) => &looks.present,
                Some(Presence::Indirect) => &looks.indirect,
                _ => &looks.absent,
            };
            sheet.write_with_format(row, column, status.map_or("", letter), look)?;
        }
    }
    Ok(())
}

/// A letter for what is recorded.
fn letter(status: Presence) -> &'static str {
    match status {
        Presence::Present => "P",
        Presence::Indirect => "i",
        Presence::Absent => "–",
        Presence::NotAssessed => "?",
    }
}

fn write_tags(export: &Export<'_>, looks: &Looks, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Tags")?;
    let widths = [28, 22, 11, 20, 80, 40, 16];
    let rows = export.passages.iter().map(|passage| tag_cells(&passage.tag).map(str::to_owned));
    write_table(&HEADER, &widths, rows, looks, sheet)
}

fn write_agreements(
    records: &[Record<'_>],
    looks: &Looks,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_name("Agreements")?;
    let head = [
        "agreement",
        "name",
        "date",
        "stakeholder_groups",
        "signatories",
        "organisation",
        "address",
        "source",
    ];
    let widths = [28, 46, 12, 14, 40, 30, 50, 16];
    let rows = records.iter().map(|record| {
        let known = record.known;
        let said = |text: Option<&str>| text.unwrap_or_default().to_owned();
        [
            record.agreement.as_str().to_owned(),
            record.name().to_owned(),
            known.and_then(|one| one.date).map_or_else(String::new, |date| date.to_string()),
            known.map_or_else(String::new, |one| one.stakeholder_groups.join(" ")),
            said(known.and_then(|one| one.signatories.as_deref())),
            said(known.and_then(|one| one.organisation.as_deref())),
            said(known.and_then(link)),
            record.source.to_owned(),
        ]
    });
    write_table(&head, &widths, rows, looks, sheet)
}

fn write_elements(
    export: &Export<'_>,
    looks: &Looks,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_name("Elements")?;
    let taxonomy = export.taxonomy;
    let rows = taxonomy.elements.iter().map(|element| {
        let mut categories = taxonomy.categories.iter();
        let category = categories.find(|one| Some(&one.code) == element.category.as_ref());
        let category = category.map(|one| format!("{}. {}", one.code, one.name));
        [
            element.code.as_str().to_owned(),
            element.name.clone(),
            category.unwrap_or_default(),
            element.definition.clone(),
        ]
    });
    write_table(&["code", "name", "category", "definition"], &[22, 40, 44, 90], rows, looks, sheet)
}

/// A table with its heading kept in sight.
fn write_table<const N: usize>(
    head: &[&str; N],
    widths: &[u16; N],
    rows: impl Iterator<Item = [String; N]>,
    looks: &Looks,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    for (column, (name, width)) in (0..).zip(head.iter().zip(widths)) {
        sheet.write_with_format(0, column, *name, &looks.head)?;
        sheet.set_column_width(column, *width)?;
    }
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        let lines = cells.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).max();
        sheet.set_row_height(row, height(lines.unwrap_or(1)))?;
        for (column, cell) in (0..).zip(cells) {
            if cell.chars().map(char::len_utf16).sum::<usize>() > MOST {
                let what = format!("row {row} is longer than a cell of a workbook; use csv");
                return Err(XlsxError::ParameterError(what));
            }
            sheet.write_string_with_format(row, column, &cell, &looks.wrapped)?;
        }
        last = row;
    }
    let columns = u16::try_from(N - 1).unwrap_or(0);
    // Codes such as 1.10 are no numbers, and no mistakes.
    sheet.ignore_error_range(1, 0, last.max(1), columns, IgnoreError::NumberStoredAsText)?;
    sheet.autofilter(0, 0, last, columns)?;
    Ok(())
}

/// About how many lines a text takes in a column of this width: not every
/// program counts them when it opens a workbook.
fn lines(text: &str, width: u16) -> usize {
    let width = usize::from(width);
    text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>().max(1)
}

/// The height of a row in points; no row may be higher than 409.
fn height(lines: usize) -> f64 {
    (lines as f64 * 15.0).min(409.0)
}
