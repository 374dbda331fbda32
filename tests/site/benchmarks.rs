//! Benchmarks from a file of figures to what a reader sees, and what their writers are told of their files.

use std::fmt::Write as _;

use serde_json::Value;

use super::harness::{TestSite, page};
use super::told::told;

/// The text of a benchmark's page; `fields` add to those that it needs.
pub(crate) fn benchmark(title: &str, unit: &str, fields: &str) -> String {
    let fields = format!(
        "data: data.csv\nmetric: {title} in all\ndefinition: What is counted.\nunit: \"{unit}\"\nperiod: 2024\ncollection: A collection\nprovenance: real\n{fields}"
    );
    page(title, &fields, "## Reading this\n\nA.\n\n## Limits\n\nB.\n")
}

/// A site with one benchmark `scans` of activity, with these figures.
fn site_of(unit: &str, fields: &str, data: &str) -> TestSite {
    let fields = format!("direction: higher\ncounts: activity\nlevel: sub-national\n{fields}");
    TestSite::new()
        .file(
            "content/organisations.csv",
            "ods,name,fictional\nRA1,Alder,\nRB2,Birch,\nRC3,Cedar,\nXZ9,Example,true\n",
        )
        .file("content/benchmarks/scans/index.md", benchmark("Scans", unit, &fields))
        .file("content/benchmarks/scans/data.csv", data)
}

fn statistics(site: &TestSite, page: &str) -> Value {
    serde_json::from_str(&site.output(&format!("benchmarks/{page}/statistics.json"))).unwrap()
}

/// The chart of a page by its name in `statistics.json`.
fn main_chart(site: &TestSite) -> String {
    statistics(site, "scans")["charts"][0]["chart"].as_str().unwrap_or("none").to_string()
}

fn months(values: impl IntoIterator<Item = f64>) -> String {
    let mut text = "period,value\n".to_string();
    for (number, value) in values.into_iter().enumerate() {
        let _ = writeln!(text, "{}-{:02},{value}", 2022 + number / 12, number % 12 + 1);
    }
    text
}

fn trusts(count: usize, periods: &[&str], has_denominator: bool) -> String {
    let mut text = "period,organisation,value,numerator,denominator\n".to_string();
    for (shift, period) in periods.iter().enumerate() {
        for number in 0..count {
            let value = 50 + number + shift;
            let rest = if has_denominator { format!("{value},100") } else { "-,-".to_string() };
            let _ = writeln!(text, "{period},RA1 site {number},{value},{rest}");
        }
    }
    text
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_row_and_column() {
    let site = site_of(
        "%",
        "",
        "period,organisation,value,numerator,denominator\n\
         2024-01,RA1,about 50,50,100\n\
         2024-13,RA1,50,50,100\n\
         2024-02,RA1,50,50,100\n\
         2024-02,RA1,50,50,100\n\
         2024-03,RB2,50,50,0\n\
         2024-04,RB2,-50,-50,100\n\
         2024-05,RD4,50,50,100\n",
    );
    told(
        &site,
        r"
        error not-a-number content/benchmarks/scans/data.csv:2:13
          row 2, column `value`: `about 50` is not a number
          help: write the number alone, with `-` where there is none; put a remark into another column
        error unreadable-period content/benchmarks/scans/data.csv:3:1
          row 3, column `period`: `2024-13` is not a period
          help: write it as 2018, April 2018, 2016/17, January to June 2018, April 2024 to June 2025, 2018-04-01 to 2018-09-30 or since 2019
        error duplicate-row content/benchmarks/scans/data.csv:5:1
          row 5, column `period`: RA1, February 2024 is given twice
          help: keep this row or row 4, whichever is right
        error zero-denominator content/benchmarks/scans/data.csv:6:19
          row 6, column `denominator`: nothing can be divided by a denominator of 0
          help: write `-` as the value where nothing could be counted
        error negative-count content/benchmarks/scans/data.csv:7:17
          row 7, column `numerator`: a count is negative
          help: check it; write `-` if it is not known
        warning unknown-organisation content/benchmarks/scans/data.csv:8:9
          row 8, column `organisation`: `RD4` has no line in organisations.csv, so readers see it bare
          help: add a line with RD4 and its name to content/organisations.csv
        ",
    );
}

#[test]
fn a_column_under_another_name_is_asked_for_and_then_read() {
    let data = "Month,Percent\nApr 2024,50\nMay 2024,51\n";
    let site = site_of("%", "", data);
    let problems = site.build().problems();
    assert_eq!(problems[0].message, "there is no column `period`; the first row has `Month` and `Percent`");
    assert_eq!(problems[0].help, "write `columns: { period: Month }` on the page");
    let site = site_of("%", "columns: { period: Month, value: Percent }\n", data);
    site.build().clean();
    assert!(site.output("benchmarks/scans/data.csv").contains("2024-05,51"));
}

#[test]
fn periods_are_read_as_people_write_them() {
    for (written, published) in [
        ("2024-04\n2024-05", "2024-04 2024-05"),
        ("2024-05\n2024-04", "2024-04 2024-05"),
        ("2024-04-01\n2024-05-01", "2024-04 2024-05"),
        ("Apr 2024\nMay 2024", "2024-04 2024-05"),
        ("20 Jun 2021\n21 Jun 2021", "2021-06-20 2021-06-21"),
        ("2023/24\n2024/25", "2023/24 2024/25"),
        ("Q1 2024/25\nQ2 2024/25", "2024-04-01 to 2024-06-30 2024-07-01 to 2024-09-30"),
    ] {
        let rows = written.replace('\n', ",\"1,250\",,\r\n");
        let site = site_of("scans", "", &format!("\u{feff}period,value,,\r\n{rows},\"1,250\",,\r\n"));
        site.build().clean();
        let csv = site.output("benchmarks/scans/data.csv");
        let periods: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.strip_suffix(",1250")).collect();
        assert_eq!(periods.join(" "), published, "{written}");
    }
}

#[test]
fn the_worked_example_stands_in_the_statistics() {
    let series = [1.0, 2.0, 1.0, 2.0, 10.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0];
    let site = site_of("scans", "", &months(series));
    site.build().clean();
    let statistics = statistics(&site, "scans");
    let chart = &statistics["charts"][0];
    assert_eq!(chart["chart"], "xmr");
    let phase = &chart["statistics"]["phases"][0];
    let is_near = |name: &str, wanted: f64| (phase[name].as_f64().unwrap() - wanted).abs() < 0.005;
    assert!(
        is_near("mean", 1.94) && is_near("lower_limit", -3.06) && is_near("upper_limit", 6.95),
        "{phase}"
    );
    let flagged = chart["statistics"]["flagged"].as_array().unwrap();
    assert_eq!(flagged.len(), 1, "{flagged:?}");
    assert_eq!(flagged[0]["period"], "2022-05");
    assert_eq!(statistics["rows"].as_array().unwrap().len(), 18);

    let site = site_of("scans", "screened: true\n", &months(series));
    site.build().clean();
    let screened = &self::statistics(&site, "scans")["charts"][0]["statistics"]["phases"][0];
    assert!((screened["lower_limit"].as_f64().unwrap() + 0.72).abs() < 0.005, "{screened}");
    assert!((screened["upper_limit"].as_f64().unwrap() - 4.60).abs() < 0.005, "{screened}");
}

#[test]
fn the_chart_follows_the_figures() {
    let level = |count: u32| months((0..count).map(|number| 50.0 + f64::from(number * 7 % 5)));
    let two = ["2023", "2024"];
    let ages = "period,category,value\n2024,20 to 29,5\n2024,30 to 39,9\n";
    for (chart, data) in [
        ("xmr", level(24)),
        ("run", level(6)),
        ("none", level(2)),
        ("funnel", trusts(8, &["2024"], true)),
        ("ranked", trusts(8, &["2024"], false)),
        ("slope", trusts(4, &two, false)),
        ("profile", ages.to_string()),
    ] {
        let site = site_of("%", "", &data);
        let run = site.build();
        assert_eq!(run.code, 0, "{chart}: {}{}", run.stdout, run.stderr);
        assert_eq!(main_chart(&site), chart);
        let html = site.output("benchmarks/scans/index.html");
        let drawing = &html[html.find("<svg").expect(chart)..];
        assert!(drawing.contains("<title") && drawing.contains("<desc"), "{chart} is not told");
        assert!(site.output("benchmarks/scans/chart.svg").starts_with("<svg"), "{chart}");
        assert!(site.publishes("benchmarks/scans/data.csv"), "{chart}");
    }
}

#[test]
fn a_chart_that_is_asked_for_is_drawn_or_refused() {
    let level = months((0..24).map(|number| 50.0 + f64::from(number * 7 % 5)));
    let two = ["2023", "2024"];
    for (chart, data) in [
        ("run", level.clone()),
        ("xmr", level.clone()),
        ("none", level.clone()),
        ("ranked", trusts(8, &["2024"], true)),
        ("slope", trusts(8, &two, true)),
        ("funnel", trusts(8, &two, true)),
    ] {
        let site = site_of("%", &format!("chart: {chart}\n"), &data);
        let run = site.build();
        assert_eq!(run.code, 0, "{chart}: {}{}", run.stdout, run.stderr);
        assert_eq!(main_chart(&site), chart);
    }
    let problem = site_of("%", "chart: funnel\n", &level).build().only_problem();
    assert_eq!(problem.code, "chart-without-figures");
    assert_eq!(problem.help, "write `chart: xmr`, which fits these figures, or leave the field out");
    assert!(problem.path.ends_with("index.md"), "{}", problem.place());
}

#[test]
fn a_period_of_a_field_that_cannot_be_read_is_told_in_its_place() {
    let level = months((0..24).map(|number| 50.0 + f64::from(number * 7 % 5)));
    for field in ["recalculate_from: [2022-13]", "notes:\n  - when: last summer\n    what: A scanner was new"]
    {
        let problem = site_of("%", &format!("{field}\n"), &level).build().only_problem();
        assert_eq!(problem.code, "unreadable-period", "{field}");
        assert!(problem.path.ends_with("index.md"), "{}", problem.place());
        assert!(problem.help.contains("2024-04"), "{}", problem.help);
    }
}

#[test]
fn a_single_national_figure_stands_large_and_on_the_home_page() {
    let site = site_of("staff", "", "period,value\n2024,\"23,500\"\n");
    let text = benchmark("Scans", "staff", "direction: neutral\ncounts: staff\nlevel: national\n");
    site.write("content/benchmarks/scans/index.md", text);
    site.build().clean();
    let html = site.output("benchmarks/scans/index.html");
    assert!(html.contains("23,500"));
    assert!(!html.contains("<figure class=\"panel chart-panel\""), "one figure has no chart");
    assert!(site.output("index.html").contains("23,500"));
}

/// A benchmark's own page text with a title and fields.
fn round(title: &str, fields: &str) -> String {
    benchmark(title, "%", &format!("direction: higher\ncounts: activity\nlevel: sub-national\n{fields}"))
}

#[test]
fn rounds_are_compared_as_files_and_as_pages() {
    let files = site_of("%", "", &trusts(4, &["2024"], false))
        .file("content/benchmarks/scans/2023.csv", trusts(4, &["2023"], false).replace(",50,", ",40,"));
    files.write(
        "content/benchmarks/scans/index.md",
        round("Scans", "").replace("data: data.csv", "data: [2023.csv, data.csv]"),
    );
    assert_eq!(files.build().code, 0);
    let pages = site_of("%", "earlier: scans-2023\n", &trusts(4, &["2024"], false))
        .file("content/benchmarks/scans-2023/index.md", round("Scans 2023", ""))
        .file("content/benchmarks/scans-2023/data.csv", trusts(4, &["2023"], false).replace(",50,", ",40,"));
    assert_eq!(pages.build().code, 0);
    for site in [&files, &pages] {
        let charts = statistics(site, "scans")["charts"].clone();
        let charts: Vec<&str> =
            charts.as_array().unwrap().iter().filter_map(|c| c["chart"].as_str()).collect();
        assert_eq!(charts, ["ranked", "slope"]);
        let html = site.output("benchmarks/scans/index.html");
        assert!(html.contains("from 2023 to 2024"), "what changed is told in words");
        assert!(site.publishes("benchmarks/scans/chart-2.svg"));
    }
    assert!(files.output("benchmarks/scans/data.csv").contains("2024,50"), "the latest round is first");
    assert!(files.output("benchmarks/scans/data-2.csv").contains("2023,40"));
}

#[test]
fn rounds_must_agree_on_what_they_count() {
    let site = site_of("%", "earlier: scans-2023\n", &trusts(4, &["2024"], false))
        .file(
            "content/benchmarks/scans-2023/index.md",
            round("Scans 2023", "").replace("counts: activity", "counts: patients"),
        )
        .file("content/benchmarks/scans-2023/data.csv", trusts(4, &["2023"], true));
    let problems = site.build().problems();
    let found: Vec<_> = problems.iter().filter(|problem| problem.code == "different-rounds").collect();
    assert_eq!(found.len(), 1, "{problems:#?}");
    assert!(found[0].message.starts_with("`counts` is"), "{}", found[0].message);
}

#[test]
fn a_benchmark_stands_inside_other_pages() {
    let level = months((0..24).map(|number| 50.0 + f64::from(number * 7 % 5)));
    let site =
        site_of("%", "", &level).page("about", "", "> [!EMBED]\n>\n> [Scans](benchmarks/scans/index.md)\n");
    site.build().clean();
    let html = site.output("about/index.html");
    assert!(html.contains("<svg") && html.contains("No special cause"), "the chart and what it shows");
    assert!(html.contains("benchmarks/scans/"), "and the way to its page");
}

#[test]
fn invented_figures_stand_beside_no_real_or_unknown_name() {
    for (code, is_wrong) in [("XZ9", false), ("Total", false), ("RA1", true), ("Alder", true), ("RD4", true)]
    {
        let data = format!("period,organisation,value\n2024,XZ9,50\n2024,{code},60\n2023,XZ9,51\n");
        let data = if code == "XZ9" { data.replace("2024,XZ9,60\n", "") } else { data };
        let site = site_of("scans", "", &data);
        let text = round("Scans", "").replace("provenance: real", "provenance: illustrative");
        site.write("content/benchmarks/scans/index.md", text);
        let problems = site.build().problems();
        let found = problems.iter().any(|problem| problem.code == "illustrative-beside-real");
        assert_eq!(found, is_wrong, "{code}: {problems:#?}");
    }
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let mut data = "period,organisation,value\n".to_string();
    for number in 0..1_000 {
        for month in 0..100 {
            let value = 100 + (number * 31 + month * 17) % 50;
            let _ = writeln!(data, "{}-{:02},RA1 site {number},{value}", 2015 + month / 12, month % 12 + 1);
        }
    }
    let site = site_of("scans", "", &data);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(site.output("benchmarks/scans/data.csv").lines().count(), 100_001);
    let html = site.output("benchmarks/scans/index.html");
    assert!(html.contains("further rows are in the file"), "the table does not run on for ever");
}

#[test]
fn a_target_is_read_as_files_write_numbers() {
    let level = months((0..24).map(|number| 50.0 + f64::from(number * 7 % 5)));
    for (unit, target, wanted, shown) in [
        ("%", "95", 95.0, "95%"),
        ("%", "\"15%\"", 15.0, "15%"),
        ("scans", "\"1,500\"", 1500.0, "1,500 scans"),
        ("hours", "<= 2 hours", 2.0, "2 hours"),
        ("%", "at least 97.5%", 97.5, "97.5%"),
    ] {
        let site = site_of(unit, &format!("target: {target}\n"), &level);
        site.build().clean();
        assert_eq!(statistics(&site, "scans")["target"].as_f64(), Some(wanted), "{target}");
        let html = site.output("benchmarks/scans/index.html");
        assert!(html.contains(&format!(">{shown}<")), "{target}: {shown} is not told");
    }
    for (target, message) in [
        ("to be agreed", "`target`: `to be agreed` is not a number"),
        ("2 hours", "`target`: `2 hours` is not a number of the figures' unit, which is `%`"),
    ] {
        let problem = site_of("%", &format!("target: {target}\n"), &level).build().only_problem();
        assert_eq!((problem.code.as_str(), problem.message.as_str()), ("not-a-number", message));
        assert!(problem.path.ends_with("index.md") && problem.help.contains("in `%`"), "{}", problem.help);
    }
}

#[test]
fn a_median_of_peers_need_not_hold_those_shown() {
    let peers = "peer_median:\n  value: 15.0%\n  group: Shelford Group\n  note: Model Hospital, June 2018\n";
    for (count, chart) in [(8, "rows"), (60, "columns")] {
        let site = site_of("%", peers, &trusts(count, &["2024"], false));
        assert_eq!(site.build().code, 0);
        let all = statistics(&site, "scans");
        assert_eq!(all["peer_median"]["group"], "Shelford Group", "{chart}");
        let ranked = &all["charts"][0]["statistics"];
        assert_eq!(ranked["peer_median"]["value"].as_f64(), Some(15.0), "{chart}");
        assert!(ranked["median"].as_f64().unwrap() > 50.0, "those shown have a median of their own");
        let html = site.output("benchmarks/scans/index.html");
        let words = "Shelford Group median 15.0%. Model Hospital, June 2018.";
        assert!(html.matches(words).count() >= 3, "{chart}: among the facts, under chart and table");
        let drawing = site.output("benchmarks/scans/chart.svg");
        assert!(drawing.contains("class=\"peer\"") && drawing.contains("Shelford Group median"), "{chart}");
        assert!(drawing.contains("Median of those shown"), "{chart}");
    }
    let wrong = peers.replace("15.0%", "high");
    let problems = site_of("%", &wrong, &trusts(8, &["2024"], false)).build().problems();
    let told = problems.iter().any(|problem| problem.message == "`peer_median`: `high` is not a number");
    assert!(told, "{problems:#?}");
}

#[test]
fn organisations_with_groups_have_a_profile_each() {
    let data = "period,organisation,category,value\n\
        2024,RA1,20 to 29,5\n2024,RA1,30 to 39,9\n2024,RB2,20 to 29,15\n2024,RB2,30 to 39,2\n";
    let site = site_of("staff", "", data);
    site.build().clean();
    let all = statistics(&site, "scans");
    let charts = all["charts"].as_array().unwrap();
    let of: Vec<&str> = charts.iter().map(|chart| chart["of"].as_str().unwrap()).collect();
    assert_eq!(of, ["Alder", "Birch"]);
    assert_eq!(charts[1]["headline"], "20 to 29 is the largest group, with 88% of those shown");
    assert_eq!(charts[0]["statistics"]["bands"].as_array().unwrap().len(), 2);
    assert!(charts[0]["subtitle"].as_str().unwrap().contains("Alder"));
    // A comparison is one within each group.
    let site = site_of("staff", "chart: ranked\n", data);
    site.build().clean();
    let all = statistics(&site, "scans");
    let of: Vec<&str> =
        all["charts"].as_array().unwrap().iter().map(|chart| chart["of"].as_str().unwrap()).collect();
    assert_eq!(of, ["20 to 29", "30 to 39"]);
}
