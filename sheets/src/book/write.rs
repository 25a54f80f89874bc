//! Owns the workbook as an XLSX file: formats, widths, panes and printing.
//!
//! Invariant: nothing but a formula of ours becomes a formula.

use super::{Book, Content, Look, Number, Part, Sheet, Shown};
use crate::error::SheetError;
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};
use std::collections::HashMap;

impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        Self::Refused { what: error.to_string() }
    }
}

/// The file.
pub(crate) fn to_xlsx(book: &Book) -> Result<Vec<u8>, SheetError> {
    let mut file = Workbook::new();
    // The same plan makes the same file, and a spreadsheet is no place to tell the time in.
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    let mut properties = DocProperties::new()
        .set_title(&book.title)
        .set_author(&book.made_by)
        .set_creation_datetime(&day);
    for (name, value) in &book.properties {
        properties = properties.set_custom_property(*name, value.as_str());
    }
    file.set_properties(&properties);
    let mut formats = HashMap::new();
    for sheet in &book.sheets {
        let page = file.add_worksheet();
        set_up(page, sheet, &book.footer)?;
        fill(page, sheet, &mut formats)?;
    }
    Ok(file.save_to_buffer()?)
}

fn set_up(page: &mut Worksheet, sheet: &Sheet, footer: &str) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    page.set_very_hidden(sheet.is_hidden);
    for (col, width) in (0u16..).zip(&sheet.widths) {
        page.set_column_width(col, *width)?;
    }
    if let Some((first, last)) = sheet.folded {
        page.group_columns_collapsed(first, last)?;
    }
    let (rows, cols) = sheet.frozen;
    page.set_freeze_panes(rows, cols)?;
    if let Some((first, last)) = sheet.repeated {
        page.set_repeat_rows(first, last)?;
    }
    page.set_paper_size(9); // A4
    page.set_landscape().set_print_fit_to_pages(1, 0).set_footer(footer);
    Ok(())
}

fn fill(
    page: &mut Worksheet,
    sheet: &Sheet,
    formats: &mut HashMap<Look, Format>,
) -> Result<(), XlsxError> {
    for cell in &sheet.cells {
        let format = formats.entry(cell.look).or_insert_with(|| format_of(cell.look));
        match &cell.content {
            Content::Text(words) => {
                page.write_string_with_format(cell.row, cell.col, words, format)?
            }
            Content::Number(number) => {
                page.write_number_with_format(cell.row, cell.col, nearest(*number), format)?
            }
            Content::Formula(formula, value) => {
                let value = value.map(Number::text).unwrap_or_default();
                let formula = Formula::new(formula).set_result(value);
                page.write_formula_with_format(cell.row, cell.col, formula, format)?
            }
        };
    }
    Ok(())
}

/// The nearest number a spreadsheet has.
fn nearest(number: Number) -> f64 {
    number.text().parse().unwrap_or_default() // digits and a point are always a number
}

fn format_of(look: Look) -> Format {
    let format = match look.shown {
        Shown::Plain => Format::new(),
        Shown::Whole => Format::new().set_num_format("#,##0"),
        Shown::Money => Format::new().set_num_format("#,##0.00"),
        Shown::Percent => Format::new().set_num_format("0.00####%"),
    };
    let line = Color::RGB(0x00B8_C4C2);
    let (ink, ground) = (Color::RGB(0x001F_5D57), Color::RGB(0x00E9_F1F0));
    match look.part {
        Part::Body => format,
        Part::Input => format
            .set_font_color(Color::RGB(0x001F_4E9E))
            .set_background_color(Color::RGB(0x00FF_F8E1)),
        Part::Total => format.set_bold().set_border_top(FormatBorder::Thin).set_border_color(line),
        Part::Head => format
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(ground)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_color(line),
        Part::Title => format.set_bold().set_font_size(14).set_font_color(ink),
        Part::Section => format.set_bold().set_font_color(ink),
        Part::Note => format.set_font_color(Color::RGB(0x0055_6664)),
        Part::Helper => format.set_font_color(Color::RGB(0x007A_8886)),
    }
}
