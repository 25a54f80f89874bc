//! Owns tables that are made up, as files: every kind and encoding that can say them.
use super::bureau::{Drawn, Val};
use fastrand::Rng;
use shapan_sheets::files::open;
use shapan_sheets::import::sheet::Sheet;

fn words(val: &Val) -> &str {
    match val {
        Val::Empty => "",
        Val::Text(words) | Val::Number(words) => words,
    }
}

/// The sheet that is read out of a file with the table; none where no kind of file can say it.
pub fn through_a_file(seed: u64, drawn: &Drawn) -> Option<Sheet> {
    let mut rng = Rng::with_seed(seed ^ 0x5eed);
    let has_hidden = !drawn.hidden_rows.is_empty() || !drawn.hidden_columns.is_empty();
    let kind = rng.u8(0..7);
    let bytes = match kind {
        _ if has_hidden => xlsx(drawn),
        0 | 1 => xlsx(drawn),
        2 => html(drawn),
        _ if drawn.needs_merges => html(drawn),
        3 => text(drawn, b'\t')?.into_bytes(),
        4 => encoding_rs::GB18030.encode(&text(drawn, b',')?).0.into_owned(),
        5 => {
            let text = text(drawn, b',')?;
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
        _ if drawn.traditional => {
            let text = text(drawn, b',')?;
            let (bytes, _, is_lossy) = encoding_rs::BIG5.encode(&text);
            if is_lossy { text.clone().into_bytes() } else { bytes.into_owned() }
        }
        _ => text(drawn, b',')?.into_bytes(),
    };
    let mut opened = open(&bytes, None).ok()?;
    let first = opened.overview().first;
    opened.sheet(first).ok()
}

fn text(drawn: &Drawn, delimiter: u8) -> Option<String> {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
    for row in &drawn.cells {
        writer.write_record(row.iter().map(words)).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

fn html(drawn: &Drawn) -> Vec<u8> {
    let mut out = String::from("<html><head><meta charset=\"utf-8\"></head><body><table>");
    let inside = |row: usize, column: usize| {
        drawn.merged.iter().find(|(rows, columns)| {
            (rows.0..=rows.1).contains(&row) && (columns.0..=columns.1).contains(&column)
        })
    };
    for (n, row) in drawn.cells.iter().enumerate() {
        out.push_str("<tr>");
        for (column, val) in row.iter().enumerate() {
            let mut span = String::new();
            if let Some((rows, columns)) = inside(n, column) {
                if (n, column) != (rows.0, columns.0) {
                    continue;
                }
                span = format!(
                    " rowspan=\"{}\" colspan=\"{}\"",
                    rows.1 - rows.0 + 1,
                    columns.1 - columns.0 + 1
                );
            }
            out.push_str(&format!("<td{span}>{}</td>", words(val)));
        }
        out.push_str("</tr>");
    }
    out.push_str("</table></body></html>");
    out.into_bytes()
}

fn xlsx(drawn: &Drawn) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let place =
        |row: usize, column: usize| (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
    let plain = rust_xlsxwriter::Format::new();
    for (rows, columns) in drawn.merged.iter().filter(|(r, c)| r.0 != r.1 || c.0 != c.1) {
        let ((first, left), (last, right)) = (place(rows.0, columns.0), place(rows.1, columns.1));
        sheet.merge_range(first, left, last, right, "", &plain).unwrap();
    }
    for (n, row) in drawn.cells.iter().enumerate() {
        for (column, val) in row.iter().enumerate() {
            let (row, column) = place(n, column);
            match val {
                Val::Empty => {}
                Val::Text(words) => drop(sheet.write_string(row, column, words).unwrap()),
                Val::Number(digits) => {
                    let number: f64 = digits.parse().unwrap();
                    sheet.write_number(row, column, number).unwrap();
                }
            }
        }
    }
    for row in &drawn.hidden_rows {
        sheet.set_row_hidden(u32::try_from(*row).unwrap()).unwrap();
    }
    book.save_to_buffer().unwrap()
}
