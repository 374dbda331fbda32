//! The workbook: a sheet to fill in that takes only what its columns take, the definitions, and what it is for.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Collection, Column, ColumnKind};

/// Rows that are checked as they are filled in.
const ROWS: u32 = 2_000;

/// Excel takes lists of choices in a rule up to this length; longer ones stand on a sheet.
const MAX_LIST: usize = 255;

/// Limits of Excel on the words beside a cell.
const MAX_TITLE: usize = 32;
const MAX_HINT: usize = 255;

/// The sheet of choices that are too long for a rule.
const CHOICES: &str = "Choices";

/// The workbook's bytes.
///
/// # Errors
///
/// Where the collection is more than a workbook can hold.
pub fn workbook(collection: &Collection) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(collection)?);
    let looks = Looks::new();
    fill_in(workbook.add_worksheet(), collection, &looks)?;
    definitions(workbook.add_worksheet(), collection, &looks)?;
    about(workbook.add_worksheet(), collection, &looks)?;
    if collection.columns.iter().any(is_long_list) {
        choices(workbook.add_worksheet(), collection, &looks)?;
    }
    workbook.save_to_buffer()
}

struct Looks {
    head: Format,
    required: Format,
    cell: Format,
    title: Format,
    date: Format,
}

impl Looks {
    fn new() -> Self {
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_font_name("Arial")
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(0x00_30_87))
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xd8_dd_e0));
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_name("Arial");
        Self {
            required: head.clone().set_background_color(Color::RGB(0x00_5e_b8)),
            head,
            title: Format::new().set_bold().set_font_size(16).set_font_name("Arial"),
            date: Format::new().set_num_format("d mmmm yyyy").set_font_name("Arial"),
            cell,
        }
    }
}

fn properties(collection: &Collection) -> Result<DocProperties, XlsxError> {
    let day = collection.day.unwrap_or(Date::constant(2018, 1, 1));
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(2018),
        day.month().cast_unsigned(),
        day.day().cast_unsigned(),
    )?;
    let version = format!("Version {}", collection.version);
    Ok(DocProperties::new()
        .set_title(collection.title.as_str())
        .set_subject(collection.about.as_str())
        .set_comment(version)
        .set_creation_datetime(&created))
}

fn fill_in(sheet: &mut Worksheet, collection: &Collection, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("Data")?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    for (index, column) in (0_u16..).zip(&collection.columns) {
        let head = if column.is_required { &looks.required } else { &looks.head };
        sheet.write_string_with_format(0, index, &column.name, head)?;
        let longest = column
            .kind
            .choices()
            .iter()
            .chain([&column.name.as_str()])
            .map(|words| words.chars().count())
            .max();
        sheet.set_column_width(
            index,
            f64::from(u8::try_from(longest.unwrap_or(0).clamp(12, 40) + 2).unwrap_or(40)),
        )?;
        if column.kind == ColumnKind::Date {
            sheet.set_column_format(index, &looks.date)?;
        }
        sheet.add_data_validation(1, index, ROWS, index, &rule(column, index)?)?;
    }
    let last = collection.columns.len().saturating_sub(1);
    sheet.autofilter(0, 0, ROWS, u16::try_from(last).unwrap_or(u16::MAX))?;
    Ok(())
}

/// What a column takes, told beside its cells as they are filled in.
fn rule(column: &Column, index: u16) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let rule = match &column.kind {
        ColumnKind::Text => rule.allow_any_value(),
        ColumnKind::WholeNumber => rule.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
        ColumnKind::Number => rule.allow_decimal_number(DataValidationRule::Between(-1e15, 1e15)),
        ColumnKind::Date => {
            let first = ExcelDateTime::from_ymd(1948, 7, 5)?;
            rule.allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
        }
        ColumnKind::Choice(_) | ColumnKind::YesNo if is_long_list(column) => {
            let letters = rust_xlsxwriter::utility::column_number_to_name(index);
            let count = column.kind.choices().len();
            rule.allow_list_formula(
                format!("={CHOICES}!${letters}$2:${letters}${}", count + 1).as_str().into(),
            )
        }
        ColumnKind::Choice(_) | ColumnKind::YesNo => rule.allow_list_strings(&column.kind.choices())?,
    };
    let hint = match &column.example {
        Some(example) => format!("{} For example: {example}", column.means),
        None => column.means.clone(),
    };
    let takes = format!("This column takes {}.", column.kind.in_words());
    rule.set_input_title(cut(&column.name, MAX_TITLE))?
        .set_input_message(cut(&hint, MAX_HINT))?
        .set_error_title("Please check")?
        .set_error_message(cut(&takes, MAX_HINT))
        .map(|rule| rule.set_error_style(DataValidationErrorStyle::Stop))
}

fn is_long_list(column: &Column) -> bool {
    let choices = column.kind.choices();
    let length: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
    length > MAX_LIST || choices.iter().any(|choice| choice.contains(','))
}

/// The first characters, as Excel counts them.
fn cut(text: &str, most: usize) -> String {
    let mut length = 0;
    let fits = |character: &char| {
        length += character.len_utf16();
        length <= most
    };
    text.chars().take_while(fits).collect()
}

fn definitions(sheet: &mut Worksheet, collection: &Collection, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("Definitions")?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    let heads = [
        ("Column", 24),
        ("What it means", 60),
        ("Takes", 24),
        ("Choices", 32),
        ("Unit", 14),
        ("Required", 12),
        ("Example", 24),
    ];
    for (index, (head, width)) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(0, index, head, &looks.head)?;
        sheet.set_column_width(index, width)?;
    }
    for (row, column) in (1_u32..).zip(&collection.columns) {
        let cells = [
            column.name.as_str(),
            &column.means,
            column.kind.in_words(),
            &column.kind.choices().join("; "),
            column.unit.as_deref().unwrap_or(""),
            if column.is_required { "Yes" } else { "No" },
            column.example.as_deref().unwrap_or(""),
        ];
        for (index, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, index, cell, &looks.cell)?;
        }
    }
    Ok(())
}

fn about(sheet: &mut Worksheet, collection: &Collection, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("About")?;
    sheet.set_column_width(0, 90)?;
    sheet.write_string_with_format(0, 0, &collection.title, &looks.title)?;
    let version =
        if collection.version.is_empty() { String::new() } else { format!("Version {}", collection.version) };
    let page = collection.address.as_ref().map(|address| format!("The page of this template: {address}"));
    let lines = [
        collection.about.clone(),
        version,
        "Fill in the sheet Data, a row for each entry. Columns with a lighter heading must be filled in."
            .to_string(),
        "The sheet Definitions says what each column means.".to_string(),
        "Do not put names of patients, NHS numbers or other numbers of people in it.".to_string(),
        page.unwrap_or_default(),
    ];
    for (row, line) in (2_u32..).zip(lines.iter().filter(|line| !line.is_empty())) {
        sheet.write_string_with_format(row, 0, line, &looks.cell)?;
    }
    Ok(())
}

fn choices(sheet: &mut Worksheet, collection: &Collection, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(CHOICES)?;
    for (index, column) in (0_u16..).zip(&collection.columns).filter(|(_, column)| is_long_list(column)) {
        sheet.write_string_with_format(0, index, &column.name, &looks.head)?;
        for (row, choice) in (1_u32..).zip(column.kind.choices()) {
            sheet.write_string(row, index, choice)?;
        }
    }
    Ok(())
}
