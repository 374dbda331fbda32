//! Organisations and the networks that name them; invented figures and real names.

use super::harness::{TestSite, page};
use super::told::told;

fn network(title: &str, fields: &str) -> String {
    page(title, &format!("name: {title}\n{fields}"), "## About\n\nText.\n")
}

#[test]
fn every_bad_line_of_the_register_is_reported() {
    let lines = [
        "ods,name,valid_from,valid_to,succesor,fictional",
        "RM1,Norfolk,,,,",
        "RM1,Norwich,,,,",
        "rm2,Small letters,,,,",
        ",No code,,,,",
        "RM3,,,,,",
        "RM4,Slashes,03/04/18,,,",
        "RM5,Royal, closed,,,,true",
        "RM6,Backwards,2020-01-01,2019-01-01,,",
        "RM7,Perhaps,,,,perhaps",
        "RM8,\"Open,,,,",
        "RM9,Swallowed,,,,",
    ];
    let site = TestSite::new().file("content/organisations.csv", lines.join("\n"));
    told(
        &site,
        r#"
        warning unknown-column content/organisations.csv:1:1
          the column `succesor` is not used
          help: did you mean `successor`?
        error duplicate-organisation content/organisations.csv:3:1
          the code RM1 stands on two lines
          help: keep one line for each code
        error wrong-type content/organisations.csv:4:1
          `rm2` is not an organisation code
          help: a code has 3 to 6 capital letters and digits, such as RM1
        error missing-value content/organisations.csv:5:1
          an organisation needs a code and a name
          help: write both, or take the line out
        error missing-value content/organisations.csv:6:1
          an organisation needs a code and a name
          help: write both, or take the line out
        error unclear-date content/organisations.csv:7:1
          the date `03/04/18` is unclear
          help: write 2018-04-03 or 3 April 2018
        error extra-value content/organisations.csv:8:1
          this line has more values than there are columns
          help: put a name with a comma in it in quotation marks: "Royal Example, closed"
        error ends-before-it-starts content/organisations.csv:9:1
          `valid_to` of RM6 lies before its `valid_from`
          help: check both days
        error wrong-type content/organisations.csv:10:1
          whether RM7 is fictional is not clear
          help: write true or false in the column `fictional`
        error unclosed-quote content/organisations.csv:11:1
          a quotation mark on this line is not closed, so the lines below are read as part of it
          help: close it at the end of the name, or take it out
        "#,
    );
}

#[test]
fn the_register_is_read_as_a_spreadsheet_writes_it() {
    let register = "\u{feff}ODS,Name,Valid_From,Latitude,Longitude,Fictional\r\nZZ1,\"Made-up, closed\",1 April 2018,51.5,-0.1,TRUE\r\n,,,,,\r\nRM1,Norfolk,,north,200,FALSE\r\n";
    let made_up = "as_of: 2024\nfictional: true\nprovenance: illustrative\nmembers:\n  - ods: ZZ1\n";
    let site = TestSite::new()
        .file("content/organisations.csv", register)
        .file("content/networks/a.md", network("A", made_up));
    told(
        &site,
        r"
        error wrong-type content/organisations.csv:4:1
          the latitude `north` is no number of degrees
          help: write it as 51.2787, south and west with a minus
        error wrong-type content/organisations.csv:4:1
          the longitude `200` is no number of degrees
          help: write it as 51.2787, south and west with a minus
        ",
    );
}

#[test]
fn the_register_names_its_columns() {
    let site = TestSite::new().file("content/organisations.csv", "code,name\nRM1,Norfolk\n");
    told(
        &site,
        r"
        error missing-column content/organisations.csv:1:1
          the first line names no column `ods`
          help: begin the file with ods,name,valid_from,valid_to,successor,latitude,longitude,fictional
        ",
    );
    let site = TestSite::new().file("content/organisations.csv", "ods\nRM1\n");
    told(
        &site,
        r"
        error missing-column content/organisations.csv:1:1
          the first line names no column `name`
          help: begin the file with ods,name,valid_from,valid_to,successor,latitude,longitude,fictional
        ",
    );
}

#[test]
fn a_successor_has_a_line_of_its_own() {
    let site = TestSite::new().file(
        "content/organisations.csv",
        "ods,name,valid_to,successor\nRQ6,Royal Example,2019-09-30,REN\nREM,Example University,,\n",
    );
    told(
        &site,
        r"
        warning unknown-organisation content/organisations.csv:2:1
          RQ6 was taken in by `REN`, which has no line here
          help: did you mean `REM`?
        ",
    );
}

#[test]
fn members_are_known_open_and_called_by_the_name_of_their_time() {
    let register = "ods,name,valid_to,successor\nREM,Liverpool University,,\nRQ6,Royal Liverpool,2019-09-30,REM\nRX1,Closed,2018-01-01,\n";
    let late = "as_of: 2024\nmembers:\n  - ods: RME\n  - ods: ZZ9\n  - ods: RQ6\n  - ods: RX1\n";
    let then = "as_of: June 2018\nmembers:\n  - ods: RQ6\n  - ods: REM\n    name: Aintree\n  - ods: RX1\n    to: 2017\n";
    let undated =
        "members:\n  - ods: REM\n    name: Aintree\n  - ods: REM\n    name: Aintree\n    from: 2015\n";
    let site = TestSite::new()
        .file("content/organisations.csv", register)
        .file("content/networks/a.md", network("A", late))
        .file("content/networks/b.md", network("B", then))
        .file("content/networks/c.md", network("C", undated));
    told(
        &site,
        r"
        warning unknown-organisation content/networks/a.md:11:10
          `RME` has no line in organisations.csv, so readers see a bare code
          help: did you mean `REM`?
        warning unknown-organisation content/networks/a.md:12:10
          `ZZ9` has no line in organisations.csv, so readers see a bare code
          help: add a line with ZZ9 and its name to content/organisations.csv; docs/configuration.md says what its columns hold
        warning closed-organisation content/networks/a.md:13:10
          RQ6 closed on 30 September 2019, before the list's `as_of`
          help: say until when it was a member (`to:`), or name its successor REM
        warning closed-organisation content/networks/a.md:14:10
          RX1 closed on 1 January 2018, before the list's `as_of`
          help: say until when it was a member (`to:`)
        error missing-field content/networks/c.md:4:1
          `as_of` is missing; a published network needs it: when the list of members held
          help: add the line as_of: June 2018, or set status: draft
        warning former-name content/networks/c.md:11:11
          REM is called `Liverpool University` today; readers cannot tell when the name held
          help: keep the name and say `as_of:` when it held, or write today's name
        ",
    );
}

#[test]
fn invented_figures_never_stand_beside_real_names() {
    let benchmark = "data: data.csv\nmetric: M\ndefinition: D.\nunit: \"%\"\ndirection: higher\nperiod: 2024\ncollection: C\ncounts: activity\nlevel: national\nprovenance: illustrative\nnetwork: [made-up, example]\n";
    let body = "## Reading this\n\nA.\n\n## Limits\n\nB.\n";
    let made_up = "as_of: 2024\nfictional: true\nprovenance: illustrative\nmembers:\n";
    let site = TestSite::new()
        .network()
        .file("content/organisations.csv", "ods,name,fictional\nRM1,Norfolk,\nZZ1,Made-up,true\n")
        .file("content/networks/made-up.md", network("Made-up", &format!("{made_up}  - ods: ZZ1\n")))
        .file(
            "content/networks/mixed.md",
            network("Mixed", &format!("{made_up}  - ods: RM1\n  - ods: ZZ1\n")),
        )
        .file("content/benchmarks/a.md", page("A", benchmark, body))
        .file(
            "content/benchmarks/data.csv",
            "period,organisation,value\n2024,RM1,5\n2024,ZZ1,6\n2025,RM1,7\n",
        );
    told(
        &site,
        r"
        error illustrative-beside-real content/benchmarks/a.md:8:7
          `RM1` is real, and this page is illustrative: readers would take invented figures for theirs
          help: name only organisations that organisations.csv marks as fictional, and networks with `fictional: true`
        error illustrative-beside-real content/benchmarks/a.md:18:20
          `example` is real, and this page is illustrative: readers would take invented figures for theirs
          help: name only organisations that organisations.csv marks as fictional, and networks with `fictional: true`
        error illustrative-beside-real content/networks/mixed.md:13:10
          `RM1` is real, and this page is illustrative: readers would take invented figures for theirs
          help: name only organisations that organisations.csv marks as fictional, and networks with `fictional: true`
        ",
    );
}
