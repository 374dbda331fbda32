//! `netsite suppress`: a raw table of figures, kept outside the site, into one that may be committed and published.
//! Nothing that is printed repeats a number that is hidden.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::receipt::{self, ReceiptFile};
use super::report::{Format, Report};
use super::terminal::print_error;
use super::{Failure, Outcome};
use crate::benchmark::disclose::suppress;
use crate::benchmark::{Counts, Measure, Receipt, Rule};
use crate::config::Config;
use crate::diagnostic::{self, Diagnostic, Located, Texts};
use crate::disclosure::conceal;
use crate::disk::{AskedFile, DiskWorld, Replacing};
use crate::source::{SitePath, Text};
use crate::text::{counted, list_words};

/// A raw file may have more columns than a site's data, which has 20 MB at most.
const MAX_BYTES: usize = 200_000_000;

#[derive(Debug, Args)]
pub(super) struct Suppress {
    /// The raw table (CSV), which stays outside the site
    raw: PathBuf,
    /// What is counted: it decides which small numbers are hidden
    #[arg(long, value_enum, value_name = "RULE")]
    rule: Counted,
    /// The table to make, which may be committed and published
    #[arg(long, value_name = "SAFE.csv")]
    output: PathBuf,
    /// What the values are, as the page says it, such as "%" or "patients" [default: counts]
    #[arg(long, value_name = "UNIT", default_value = "", hide_default_value = true)]
    unit: String,
    /// What the raw table calls its columns, such as period=Month,value=Percent
    #[arg(long, value_name = "USUAL=OWN", value_delimiter = ',')]
    columns: Vec<String>,
    /// Write down what was hidden and why, without the numbers
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// Replace the output if it is there already
    #[arg(long)]
    force: bool,
    /// The site's folder, whose netsite.yaml may change the rule [default: the one around the output or this folder]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How problems are shown
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
}

/// What is counted, of those for which there is a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Counted {
    /// Patients: 1 to 7 are hidden, others rounded to the nearest 5
    Patients,
    /// Members of staff: 1 to 4 are hidden
    Staff,
}

impl Suppress {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let raw = AskedFile::at(&self.raw).map_err(|error| self.unreadable(&error.to_string()))?;
        let output = self.place(&raw)?;
        let root = self.site_around(&output)?;
        self.check_raw(&raw, root.as_deref())?;
        let receipt_file = self.receipt_file(&raw, &output, root.as_deref())?;
        let bytes = raw.read(MAX_BYTES).map_err(|error| self.unreadable(&error.to_string()))?;
        let rule = self.rule(root.as_deref())?;
        let measure =
            Measure { unit: self.unit.trim().to_string(), counts: self.counts(), ..Measure::default() };
        let path = SitePath::new(&raw.path().file_name().unwrap_or_default().to_string_lossy());
        let safe = suppress(&path, &bytes, &self.own_columns()?, &measure, &rule);
        let located = self.located(&path, &bytes, safe.problems);
        Report::of(&located).show(self.format)?;
        let (Some(csv), Some(receipt)) = (safe.csv, safe.receipt) else {
            let errors = located.iter().filter(|problem| problem.is_error()).count();
            print_error(&format!("Nothing was written: {}.\n", counted(errors, "error", "errors")));
            return Ok(Outcome::ContentErrors);
        };
        let replacing = if self.force { Replacing::Allowed } else { Replacing::Never };
        output.write(csv.as_bytes(), replacing).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => self.already_there(),
            _ => Failure::new(format!("`{}` could not be written: {error}", self.output.display())),
        })?;
        if let Some(file) = receipt_file {
            let name = output.path().file_name().unwrap_or_default().to_string_lossy();
            file.write(&receipt::of_file(path.file_name(), &name, &receipt))?;
        }
        print_error(&self.closing_words(&receipt, &rule, safe.are_counts));
        Ok(Outcome::Clean)
    }

    fn unreadable(&self, why: &str) -> Failure {
        let why = if self.raw.exists() { why } else { "there is no such file" };
        Failure::new(format!("the raw table `{}` cannot be read: {why}", self.raw.display()))
            .help("give the path of a CSV file: netsite suppress RAW.csv --rule patients --output SAFE.csv")
    }

    fn already_there(&self) -> Failure {
        Failure::new(format!("`{}` is there already, and nothing was changed", self.output.display()))
            .help("choose another name for --output, or add --force to replace that file")
    }

    /// Where the safe table goes: never over the raw one, and over another only if asked to.
    fn place(&self, raw: &AskedFile) -> Result<AskedFile, Failure> {
        let output = AskedFile::at(&self.output).map_err(|error| {
            Failure::new(format!("`{}` cannot be written: {error}", self.output.display()))
                .help("name a file in a folder that is there")
        })?;
        if output == *raw {
            return Err(Failure::new("the raw table and --output are one file, and nothing was changed")
                .help("keep the raw table, and choose another name for --output"));
        }
        if output.is_there() && !self.force {
            return Err(self.already_there());
        }
        Ok(output)
    }

    /// The site whose rules hold: the one that was named, the one that the output lies in, or the one here.
    fn site_around(&self, output: &AskedFile) -> Result<Option<PathBuf>, Failure> {
        if self.root.is_some() {
            return super::root(self.root.as_ref()).map(Some);
        }
        let here = std::env::current_dir().ok();
        let around = output.path().parent().and_then(DiskWorld::find_root);
        Ok(around.or_else(|| DiskWorld::find_root(&here?)))
    }

    /// What lies below `content/` is committed, and so disclosed already.
    fn check_raw(&self, raw: &AskedFile, root: Option<&Path>) -> Result<(), Failure> {
        let around = raw.path().parent().and_then(DiskWorld::find_root);
        let mut roots = around.iter().map(PathBuf::as_path).chain(root);
        if !roots.any(|root| raw.is_inside(&root.join(crate::content::FOLDER))) {
            return Ok(());
        }
        Err(Failure::new(format!(
            "the raw table `{}` lies in content/, where it is committed with the site",
            self.raw.display()
        ))
        .help("move it out of the site's folder first, and run this again with its new path"))
    }

    fn receipt_file(
        &self,
        raw: &AskedFile,
        output: &AskedFile,
        root: Option<&Path>,
    ) -> Result<Option<ReceiptFile>, Failure> {
        let Some(path) = &self.receipt else { return Ok(None) };
        let content = root.map(|root| root.join(crate::content::FOLDER));
        let closed: Vec<&Path> = content.iter().map(PathBuf::as_path).collect();
        let file = ReceiptFile::at(path, &closed)?;
        if file.is_at(raw.path()) || file.is_at(output.path()) {
            return Err(
                Failure::new("the receipt needs a file of its own").help("choose another name for --receipt")
            );
        }
        Ok(Some(file))
    }

    fn counts(&self) -> Counts {
        match self.rule {
            Counted::Patients => Counts::Patients,
            Counted::Staff => Counts::Staff,
        }
    }

    /// The rule as the site sets it, or else as it is built in.
    fn rule(&self, root: Option<&Path>) -> Result<Rule, Failure> {
        let built_in = match self.rule {
            Counted::Patients => Rule::patients(),
            Counted::Staff => Rule::staff(),
        };
        let Some(root) = root else { return Ok(built_in) };
        let file = root.join(crate::config::FILE_NAME);
        let text = std::fs::read_to_string(&file)
            .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", file.display())))?;
        let (config, problems) = Config::read(&text);
        // A rule that cannot be read would be replaced by another without a word.
        if problems.iter().any(Diagnostic::is_error) {
            return Err(Failure::new(format!(
                "`{}` has errors, so its rules cannot be relied on",
                file.display()
            ))
            .help("run netsite build, mend what it says about netsite.yaml, and run this again"));
        }
        Ok(crate::site::own_rule(&config, built_in))
    }

    /// What the file calls its columns, by their usual names.
    fn own_columns(&self) -> Result<BTreeMap<String, String>, Failure> {
        const USUAL: [&str; 6] = ["period", "value", "organisation", "category", "numerator", "denominator"];
        let mut columns = BTreeMap::new();
        for pair in &self.columns {
            let (usual, own) =
                pair.split_once('=').map_or((pair.trim(), ""), |(usual, own)| (usual.trim(), own.trim()));
            if !USUAL.contains(&usual) || own.is_empty() {
                return Err(Failure::new(format!("--columns: `{pair}` does not say what a column is called")).help(
                    format!(
                        "write the usual name, =, and the table's own name, such as --columns period=Month,value=Percent; usual names are {}",
                        list_words(&USUAL, "and")
                    ),
                ));
            }
            columns.insert(usual.to_string(), own.to_string());
        }
        Ok(columns)
    }

    /// Problems with their places, without the lines of the file.
    fn located(&self, path: &SitePath, bytes: &[u8], mut problems: Vec<Diagnostic>) -> Vec<Located> {
        diagnostic::sort(&mut problems);
        let text = Text::new(String::from_utf8_lossy(bytes).into_owned());
        let texts: Texts = [(path.clone(), text)].into();
        let shown = self.raw.display().to_string();
        let mut all = Vec::new();
        for problem in problems {
            let help = match problem.code {
                "missing-column" => Some(
                    "if the table calls its columns otherwise, say so: --columns period=Month,value=Percent",
                ),
                "mixed-units" if self.unit.is_empty() => {
                    Some("say what the values are, such as --unit \"%\"")
                }
                _ => None,
            };
            let mut problem = problem.discreet();
            problem.help = help.map(str::to_string).or(problem.help);
            let mut located = Located::new(&problem, &texts);
            located.path.clone_from(&shown);
            conceal(&mut located, &[]);
            all.push(located);
        }
        all
    }

    fn closing_words(&self, receipt: &Receipt, rule: &Rule, are_counts: bool) -> String {
        let mut text = format!("Made `{}`: {}\n", self.output.display(), in_words(receipt));
        let _ = writeln!(text, "{} Source: {}.", rule.words(), rule.source);
        if are_counts && self.unit.is_empty() {
            let people = if self.rule == Counted::Patients { "patients" } else { "staff" };
            let _ = writeln!(
                text,
                "The values were taken for counts of {people}. If they are percentages or other rates, run this again with --unit."
            );
        }
        if !self.columns.is_empty() {
            text.push_str("Its columns have the usual names, so take `columns:` out of the page.\n");
        }
        text
    }
}

/// What was hidden, in a sentence.
fn in_words(receipt: &Receipt) -> String {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut anew = 0;
    for withheld in &receipt.withheld {
        match withheld.reason.strip_prefix("hidden") {
            Some(reason) => *reasons.entry(reason_in_words(reason)).or_default() += 1,
            None => anew += 1,
        }
    }
    let hidden: usize = reasons.values().sum();
    let mut parts = Vec::new();
    let is = |count: usize| if count == 1 { "is" } else { "are" };
    if hidden == 0 {
        parts.push("none had to be hidden".to_string());
    } else {
        let why: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        parts.push(format!("{hidden} {} hidden ({})", is(hidden), list_words(&why, "and")));
    }
    if anew > 0 {
        let totals = counted(anew, "total", "totals");
        parts.push(format!("{totals} {} made anew from what is shown", is(anew)));
    }
    if receipt.rounded > 0 {
        parts.push(format!("{} {} rounded", receipt.rounded, is(receipt.rounded)));
    }
    format!("of {}, {}.", counted(receipt.figures, "figure", "figures"), list_words(&parts, "and"))
}

/// What stands after the count of figures that are hidden for one reason.
fn reason_in_words(reason: &str) -> String {
    let reason = reason.trim_start_matches([',', ' ']);
    match reason.split(' ').next() {
        Some(first) if first.chars().all(|c| c.is_ascii_digit()) => format!("from {reason}"),
        Some("rests") => format!("resting {}", reason.trim_start_matches("rests ")),
        Some("of") => "of which nobody can tell on how many they rest".to_string(),
        _ => reason.to_string(),
    }
}
