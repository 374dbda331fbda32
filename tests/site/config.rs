//! `netsite.yaml`: what it takes, and what its writer is told.

use super::harness::TestSite;
use super::told::told;

#[test]
fn every_problem_of_the_configuration_is_reported_with_those_of_the_pages() {
    let config = "tite: Test\nbase_url: example.org\nlanguage: English\ntimezone: London\nsearch: maybe\nrepository: secret\nreview:\n  months: twelve\n  warn: 5\nmarkdown: { raw_html: yes }\nnavigation:\n  - title: Cases\n  - link: /x/\npublisher:\n  mailbox: us\n";
    let site = TestSite::new().file("netsite.yaml", config).page("a", "published: 03/04/18\n", "");
    told(
        &site,
        r"
        error unclear-date content/a.md:8:12
          the date `03/04/18` is unclear
          help: write 2018-04-03 or 3 April 2018
        error unknown-key netsite.yaml:1:1
          `netsite.yaml` has no field `tite`, so nothing would come of it
          help: did you mean `title`?
        error wrong-type netsite.yaml:2:11
          `base_url` must be a web address that begins with https://
          help: write it like this: base_url: https://example.org/
        error wrong-type netsite.yaml:3:11
          `language` must be a language code such as en-GB or cy
          help: write it like this: language: en-GB
        error unknown-zone netsite.yaml:4:11
          `London` is not the name of a time zone, so the clocks cannot be known
          help: write timezone: Europe/London
        error wrong-type netsite.yaml:5:9
          `search` must be true or false
          help: write it like this: search: true
        error unknown-choice netsite.yaml:6:13
          `repository` cannot be `secret`
          help: choose public or private
        error wrong-type netsite.yaml:8:11
          `months` must be a whole number
          help: write it like this: months: 12
        error unknown-key netsite.yaml:9:3
          `review` has no field `warn`, so nothing would come of it
          help: did you mean `warn_days`?
        error unknown-choice netsite.yaml:10:23
          `raw_html` cannot be `yes`
          help: choose escape or safe
        error missing-field netsite.yaml:12:5
          `navigation` needs `link`: where it leads: an address on the site or a path of a content file
          help: add the line link: /case-studies/
        error missing-field netsite.yaml:13:5
          `navigation` needs `title`: the words of the link
          help: add the line title: Case studies
        error missing-field netsite.yaml:15:3
          `publisher` needs `name`: who publishes the site
          help: add the line name: Imaging networks team
        error wrong-type netsite.yaml:15:12
          `mailbox` must be an email address
          help: write it like this: mailbox: sharing@example.org
        ",
    );
}

#[test]
fn the_base_address_is_a_folder() {
    let site = TestSite::new().file("netsite.yaml", "title: T\nbase_url: https://example.org/a?b#c\n");
    told(
        &site,
        r"
        error wrong-type netsite.yaml:2:11
          `base_url` cannot hold `?` or `#`: pages' addresses are joined to its end
          help: write only the address of the site's folder, such as https://example.org/sharing/
        ",
    );
}

#[test]
fn a_configuration_that_is_no_mapping_is_explained() {
    let site = TestSite::new().file("netsite.yaml", "- title\n");
    told(
        &site,
        r"
        error wrong-type netsite.yaml:1:1
          `netsite.yaml` is written as lines of `name: value`
          help: write lines such as title: Imaging networks shared practice
        ",
    );
    let site = TestSite::new().file("netsite.yaml", "");
    told(
        &site,
        r"
        error missing-field netsite.yaml:1:1
          `netsite.yaml` needs `title`: the name of the site
          help: add the line title: Imaging networks shared practice
        ",
    );
    let site = TestSite::new().file("netsite.yaml", "title: A: b\n");
    told(
        &site,
        r#"
        error yaml-colon netsite.yaml:1:9
          a colon followed by a space inside a value needs quotation marks around the value
          help: write title: "A: b"
        "#,
    );
}

#[test]
fn the_navigation_leads_to_what_is_there() {
    let links = [
        ("Home", "/"),
        ("Cases", "/case-studies/"),
        ("Stages", "/stages"),
        ("About", "content/about.md"),
        ("Gone", "/abuot/"),
        ("Out", "https://example.org/"),
    ];
    let links = links.map(|(title, link)| format!("  - {{ title: {title}, link: \"{link}\" }}\n")).concat();
    let site = TestSite::new()
        .network()
        .case_study("a", "")
        .page("about", "", "")
        .file("netsite.yaml", format!("title: T\nnavigation:\n{links}"));
    told(
        &site,
        r"
        error broken-link netsite.yaml:7:26
          the navigation leads to `/abuot/`, and there is nothing there
          help: did you mean `/about/`?
        error broken-link netsite.yaml:8:25
          the navigation leads to `https://example.org/`, and there is nothing there
          help: write an address of the site such as /case-studies/
        ",
    );
}

#[test]
fn a_navigation_that_is_given_replaces_the_one_that_is_made() {
    let config = "title: T\nnavigation:\n  - { title: About us, link: about.md }\n  - { title: The cases, link: /case-studies }\n";
    let site =
        TestSite::new().network().case_study("a", "").page("about", "", "").file("netsite.yaml", config);
    site.build().clean();
    let page = site.output("networks/example/index.html");
    let navigation = page.split("<nav").nth(1).unwrap().split("</nav>").next().unwrap();
    assert!(navigation.contains("About us") && navigation.contains("The cases"), "{navigation}");
    assert!(!navigation.contains(">Networks<"), "{navigation}");
}
