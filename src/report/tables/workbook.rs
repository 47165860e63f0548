//! Tables as a workbook: a sheet for each.

use crate::report::tables::{Table, Value};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::io;

/// Most characters a cell of a workbook can hold.
const MOST: usize = 32_767;

/// The widest a column is made, in characters.
const WIDEST: usize = 60;

/// Writes every table on a sheet of its own, under its title and note.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_xlsx(title: &str, tables: &[Table], out: &mut dyn io::Write) -> io::Result<()> {
    let mut book = Workbook::new();
    // The library would ask the clock: a workbook of the same tags has one date.
    let made = ExcelDateTime::from_ymd(1980, 1, 1).map_err(failed)?;
    let properties = DocProperties::new().set_title(title);
    book.set_properties(&properties.set_creation_datetime(&made));
    for table in tables {
        write_sheet(table, book.add_worksheet()).map_err(failed)?;
    }
    out.write_all(&book.save_to_buffer().map_err(failed)?)
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

fn write_sheet(table: &Table, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    const HEAD: u32 = 3;
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    sheet.set_name(table.name)?;
    sheet.write_with_format(0, 0, &table.title, &Format::new().set_bold())?;
    sheet.write(1, 0, &table.note)?;
    for (column, at) in table.columns.iter().zip(0..) {
        sheet.write_with_format(HEAD, at, &column.heading, &Format::new().set_bold())?;
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
        let widest = cells.map(|value| value.shown().chars().count()).max().unwrap_or(0);
        let widest = widest.max(column.heading.chars().count()).min(WIDEST);
        sheet.set_column_width(at, u32::try_from(widest + 2).unwrap_or(u32::MAX))?;
    }
    for (row, line) in table.rows.iter().zip(HEAD + 1..) {
        for (value, at) in row.iter().zip(0..) {
            match value {
                Value::Empty => {}
                Value::Text(text) => {
                    let text: String = text.chars().take(MOST).collect();
                    sheet.write_string_with_format(line, at, text, &top)?;
                }
                Value::Count(count) => {
                    sheet.write_number(line, at, *count as f64)?;
                }
                Value::Figure(_, decimals) => {
                    // What is shown elsewhere is what stands here.
                    let shown: f64 = value.shown().parse().unwrap_or_default();
                    let form = format!("0.{}", "0".repeat(*decimals));
                    sheet.write_number_with_format(
                        line,
                        at,
                        shown,
                        &Format::new().set_num_format(form),
                    )?;
                }
            }
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    Ok(())
}
