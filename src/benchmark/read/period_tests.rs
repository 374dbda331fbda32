//! Periods as people write them.

use super::*;

fn column(cells: &[&str]) -> Vec<Result<String, String>> {
    let habits = Habits::of(cells.iter().copied());
    cells
        .iter()
        .map(|cell| parse(cell, habits).map(|when| when.words()).map_err(|problem| problem.message))
        .collect()
}

fn alone(cell: &str) -> Result<String, String> {
    column(&[cell]).remove(0)
}

#[test]
fn periods_as_people_write_them() {
    for (cell, words) in [
        ("2024-04", "April 2024"),
        ("2024-04-01", "1 April 2024"),
        ("2024-04-01 00:00:00", "1 April 2024"),
        ("2024-04-01T00:00:00", "1 April 2024"),
        ("Apr 2024", "April 2024"),
        ("April\u{a0}2024", "April 2024"),
        ("APRIL 2024", "April 2024"),
        ("2024 April", "April 2024"),
        ("Apr-2024", "April 2024"),
        ("Apr-24", "April 2024"),
        ("'Apr-24", "April 2024"),
        ("202404", "April 2024"),
        ("20 Jun 2021", "20 June 2021"),
        ("20-Jun-2021", "20 June 2021"),
        ("20-Jun-21", "20 June 2021"),
        ("2024/25", "2024/25"),
        ("2024-25", "2024/25"),
        ("2024–25", "2024/25"),
        ("FY2024/25", "2024/25"),
        ("2024/2025", "2024/25"),
        ("2024", "2024"),
        ("Q1 2024/25", "April to June 2024"),
        ("2024/25 Q1", "April to June 2024"),
        ("2024-25 Q4", "January to March 2025"),
        ("Q1 24/25", "April to June 2024"),
        ("Q1 2024", "January to March 2024"),
        ("week ending 7 April 2024", "week ending 7 April 2024"),
        ("w/e 07/04/2024", "week ending 7 April 2024"),
        ("Week commencing 1 April 2024", "week ending 7 April 2024"),
        ("year ending 31 March 2024", "2023/24"),
        ("April to June 2024", "April to June 2024"),
        ("20/06/2021", "20 June 2021"),
        ("04.04.2024", "4 April 2024"),
    ] {
        assert_eq!(alone(cell).as_deref(), Ok(words), "{cell}");
    }
}

#[test]
fn a_column_settles_what_one_cell_leaves_open() {
    assert_eq!(alone("01/04/2024"), Err("the date `01/04/2024` is unclear".to_string()));
    let months = column(&["01/04/2024", "01/05/2024", "01/06/2024"]);
    assert_eq!(months[2].as_deref(), Ok("1 June 2024"));
    let american = column(&["04/01/2024", "05/01/2024"]);
    assert_eq!(american[1].as_deref(), Ok("1 May 2024"));
    let settled = column(&["03/04/2024", "17/04/2024"]);
    assert_eq!(settled[0].as_deref(), Ok("3 April 2024"));
    let turned = column(&["04/03/2024", "17/04/2024", "04/17/2024"]);
    assert!(turned.iter().all(|cell| cell.as_ref().is_err_and(|message| message.contains("turned"))));
    assert_eq!(alone("2011-12").as_deref(), Ok("December 2011"));
    let years = column(&["2010-11", "2011-12"]);
    assert_eq!(years[1].as_deref(), Ok("2011/12"));
    assert_eq!(column(&["2011-12", "2012-01"])[0].as_deref(), Ok("December 2011"));
}

#[test]
fn what_excel_has_spoilt_is_reported() {
    assert!(alone("45383").unwrap_err().contains("1 April 2024"));
    assert!(alone("24-Apr").unwrap_err().contains("the year is lost"));
    for cell in ["last summer", "", "2024-13", "31/02/2024", "Q5 2024", "9999-99", "q", "w/e", "since 2019"] {
        assert!(alone(cell).is_err(), "{cell}");
    }
}

#[test]
fn first_days_of_months_are_months_where_months_follow_each_other() {
    let read = |cells: &[&str]| -> Vec<String> {
        let habits = Habits::of(cells.iter().copied());
        let mut whens: Vec<When> = cells.iter().map(|cell| parse(cell, habits).unwrap()).collect();
        first_days_are_months(&mut whens.iter_mut().collect::<Vec<_>>());
        whens.iter().map(When::words).collect()
    };
    assert_eq!(read(&["2024-04-01", "2024-05-01"])[0], "April 2024");
    assert_eq!(read(&["2024-04-01", "2024-05"])[0], "April 2024");
    assert_eq!(read(&["2024-04-01", "2024-07-01"])[0], "1 April 2024", "quarterly counts of one day");
    assert_eq!(read(&["2024-04-01"])[0], "1 April 2024");
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,24}") {
        let _ = column(&[&text, "01/04/2024"]);
    }

    #[test]
    fn what_is_written_is_read_again(start in 0_i64..40_000, days in 0_i64..800) {
        let start = Date::constant(1950, 1, 1).checked_add(start.days()).unwrap();
        let when = When::new(start, start.checked_add(days.days()).unwrap());
        proptest::prop_assert_eq!(parse(&when.code(), Habits::default()), Ok(when));
    }
}
