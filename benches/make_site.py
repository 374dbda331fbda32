#!/usr/bin/env python3
"""Writes one site twice over, for netsite and for Hugo, so that both can be timed at an equal job.

    make_site.py N DIR [--seed SEED] [--only netsite|hugo]

DIR/netsite/ and DIR/hugo/ hold the same N case studies, networks and standards, word for word. Everything is
made up from the lists below; the same N and seed give the same bytes on any machine.
"""

import argparse
import datetime
import random
import re
import shutil
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
HUGO_FILES = BENCHES / "hugo"
THEMES_FOLDER = BENCHES / "netsite" / "themes"
STATIC = THEMES_FOLDER / "bench" / "static"
TITLE = "Imaging networks bench"
BASE_URL = "https://bench.example/"
OWNER = "imaging.sharing@example.org"

THEMES = [
    "Workforce", "Shared reporting", "Stroke", "Interventional radiology", "Procurement", "Governance",
    "Capacity and demand", "Home reporting", "Image exchange", "Quality improvement", "Education", "Data quality",
]
TAGS = [
    "Academy", "Archive", "Backfill", "Breast imaging", "Cardiac CT", "Clinical audit", "Community diagnostics",
    "Contract", "Cross-cover", "CT", "Dashboard", "Data template", "Discrepancy meeting", "Equipment", "Fluoroscopy",
    "Hub and spoke", "Identity and logins", "Insourcing", "Job descriptions", "Memorandum", "Migration", "MRI",
    "Nuclear medicine", "On call", "Outsourcing", "Paediatrics", "Passport", "Peer learning", "Plain film",
    "Protocols", "Radiographer reporting", "Rota", "Scheduling", "Skill mix", "Staff bank", "Supplier matrix",
    "Training", "Turnaround", "Ultrasound", "Vetting",
]
REGIONS = ["East of England", "London", "Midlands", "North East", "North West", "South East", "South West"]
NETWORKS = [
    "Aldermere", "Brackendale", "Carrowmoor", "Dunsterfield", "Eskwater", "Fallowdown", "Greywell", "Harrowgate Vale",
    "Inglebeck", "Jessamine Coast", "Kestrel Valleys", "Larkholm", "Merrowdale", "Netherwick", "Osierlands",
    "Pellbrook", "Quarrendon", "Rushmere Fen", "Saltmarsh", "Thornlea", "Upper Wenlow", "Wychmoor",
]
STANDARDS = [
    ("EX-101", "Telling patients what happens"), ("EX-201", "Staffing across the network"),
    ("EX-202", "Training across the network"), ("EX-203", "Cover out of hours"),
    ("EX-301", "Equipment, systems and algorithms"), ("EX-602", "Capacity and demand"),
    ("EX-603", "A plan for improvement"), ("EX-702", "Audit"), ("EX-703", "Research"),
]

# Together 24 × 40 × 120 titles, so that 100,000 case studies have a title each.
ACTIONS = [
    "Sharing", "Redesigning", "Joining up", "Auditing", "Standardising", "Moving", "Speeding up", "Extending",
    "Measuring", "Planning", "Rethinking", "Pooling", "Mapping", "Testing", "Agreeing", "Funding", "Supporting",
    "Simplifying", "Scheduling", "Reviewing", "Opening up", "Rebuilding", "Balancing", "Piloting",
]
SUBJECTS = [
    "CT reports", "MRI lists", "night cover", "stroke imaging", "vetting rules", "staff rotas", "image exchange",
    "ultrasound training", "plain-film reporting", "home reporting", "reporting queues", "equipment plans",
    "contrast protocols", "trauma imaging", "clinic slots", "job descriptions", "staff passports", "audit meetings",
    "peer learning", "archive migration", "system logins", "mobile scanners", "breast clinics", "cardiac CT",
    "nuclear medicine", "paediatric lists", "weekend lists", "referral forms", "urgent findings", "data templates",
    "contract terms", "service hours", "reading rooms", "dose records", "biopsy lists", "workforce data",
    "on-call rotas", "screening reviews", "supplier reviews", "training posts",
]
TOWN_STARTS = ["Alder", "Birk", "Carn", "Dun", "Elm", "Fenn", "Gorse", "Heath", "Ivel", "Kel", "Lang", "Merrow"]
TOWN_ENDS = ["beck", "combe", "dale", "ford", "holm", "leigh", "mere", "stead", "thwaite", "wick"]

WHO = [
    "the lead radiographer", "the network manager", "every reporting site", "the imaging board", "the workforce group",
    "the systems team", "the consultants on call", "the superintendent of each department", "the training lead",
    "the finance partner", "the steering group", "the smallest department", "the host organisation", "the bookings team",
    "the reporting radiographers", "the clinical director", "two neighbouring departments", "the data analyst",
]
WHAT = [
    "a shared worklist", "one set of protocols", "the weekly rota", "a common job description", "the reporting backlog",
    "a single booking rule", "the table of turnaround times", "the memorandum between the sites", "a joint staff bank",
    "the image archive", "a plain record of decisions", "the vetting guideline", "a register of equipment",
    "an agreed list of measures", "the training plan", "a straw man of the pathway", "the data template",
    "the discrepancy log", "an hourly rate that all sites pay", "the escalation rule for urgent findings",
]
WHEN = [
    "by the end of the first quarter", "before the winter", "within six weeks", "after the second workshop",
    "during the pilot", "at the monthly meeting", "once the logins worked", "as soon as the archive was joined",
    "in the first year", "between two inspections", "while the old contract still ran", "on three days a week",
]
WHY = [
    "because nobody could see the whole queue", "so that an urgent scan is never read last",
    "since the same work was paid for twice", "because the figures did not mean the same at each site",
    "so that staff can work where they are needed", "because the flowchart was not what happened in practice",
    "so that a report is written once and trusted everywhere", "since each site had solved half of it",
    "because parking and passwords took up the morning", "so that trainees see the full range of work",
    "because the supplier's clock and ours counted different days", "so that a change is noticed in a week",
]
PATTERNS = {
    "Problem": [
        "Before this work, {who} kept {what} apart from everyone else's {why}.",
        "{Who} asked for {what} more than once, and {who2} could not give it {when}.",
        "About {n} examinations a week waited for {what}, which {who} noticed only {when}.",
        "It was hard to say who owned {what} {why}.",
        "In {n} of the weeks that were looked at, {who} did without {what} and **used the telephone instead**.",
        "Costs had risen by {n}% over two years, and {who} suspected {what} {why}.",
        "{Who} described the problem plainly: *{what} existed on paper*, and {who2} worked around it.",
        "Neither {who} nor {who2} had been asked what they needed {when}.",
    ],
    "Solution": [
        "{Who} and {who2} wrote {what} together {when}, {why}.",
        "They began small: {who} tried {what} for {n} days and reported back {when}.",
        "A first version of {what} was put in front of {who} {when}, and {n} comments changed it.",
        "{Who} agreed to test {what} {why}, and {who2} kept the old way running beside it.",
        "The group set the field `review_after: {n}` in the record, {why}.",
        "{Who} visited each department in turn, looked at {what} as it was used, and **wrote down the differences**.",
        "Where {who} and {who2} disagreed about {what}, the rule was to try both {when}.",
        "Training took {n} sessions; {who} led them, {why}.",
    ],
    "Output": [
        "{Who} now uses {what} every day, and {who2} checks it {when}.",
        "The middle report left {n} hours sooner than in the year before, {why}.",
        "{Who} found that {what} saved about {n} hours a month across the sites.",
        "Of the sites, all but one had taken up {what} {when}.",
        "The run of points has stayed on the better side of the centre line since week {n}, which {who} reads as a change.",
        "{Who} counts *fewer* repeated examinations {when}, though the baseline is short.",
        "{What} is published with its definition, {why}.",
        "Staff who answered the survey ({n}%) said that {what} made the day easier to plan.",
    ],
    "Next steps": [
        "{Who} will review {what} {when} and publish what was found.",
        "The next question is whether {who} can keep {what} going without extra money.",
        "{Who} and {who2} plan to offer {what} to a neighbouring network {when}.",
        "A further {n} weeks of data are needed before {who} can say that {what} has settled.",
        "{Who} will hand {what} over to {who2}, {why}.",
        "If {what} does not hold, {who} will stop it and say so.",
    ],
}
PROSE_SHARES = {"Problem": 0.26, "Solution": 0.36, "Output": 0.22, "Next steps": 0.16}

WORKSTREAMS = ["Workforce", "Networked IT", "Reporting", "Equipment", "Academy", "Quality"]
WORKSTREAM_STATES = ["Report drafted", "Agreed by the board", "Under way", "Handed over", "Waiting for funding"]
LEADS = ["Network manager", "Lead radiographer", "Clinical director", "Training lead", "Systems manager"]
METRICS = [
    ("Time from scan to report", "days", 4, 14), ("Reports within target", "per cent", 40, 70),
    ("Vacancy rate", "per cent", 9, 20), ("Outsourced examinations", "a month", 200, 900),
    ("Hours of overtime", "a month", 60, 300), ("Repeated examinations", "a month", 30, 120),
]
BARRIERS = [
    ("IT logins at host sites", "One login for the network"),
    ("Parking for visiting staff", "A permit that every site honours"),
    ("Definitions that differed", "One data dictionary, agreed line by line"),
    ("Indemnity across employers", "A memorandum that names who answers"),
    ("Doubt that it would last", "Results shown each month, good or bad"),
]
STAGES = ["idea", "pilot", "implemented", "sustained", "stopped"]
EVIDENCE = ["opinion", "before-after", "spc", "evaluated"]
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]
ROWS = ["Head and neck CT", "Chest plain film", "Knee MRI", "Abdominal ultrasound", "Trauma CT", "Spine MRI", "Hand plain film"]
SUBHEADINGS = ["How it was agreed", "What it took", "Who did what", "How it was tested", "What we tried first"]
CODE = [
    ("python", """def turnaround(rows):
    \"\"\"Median hours from scan to report, by site.\"\"\"
    by_site = {{}}
    for row in rows:
        if row["kind"] == "scan" and row["week"] >= {n}:
            by_site.setdefault(row["site"], []).append(row["reported"] - row["scanned"])
    return {{site: sorted(hours)[len(hours) // 2] for site, hours in by_site.items()}}"""),
    ("sql", """SELECT site, COUNT(*) AS examinations, AVG(hours_to_report) AS mean_hours
FROM reports
WHERE week >= {n} AND urgency = 'routine'
GROUP BY site
HAVING COUNT(*) > 100
ORDER BY mean_hours DESC;"""),
    ("yaml", """worklist:
  name: shared-{n}
  sites: [north, south, coast]
  rules:
    - urgency: urgent
      read_within_hours: 1
    - urgency: routine
      read_within_hours: {n}"""),
    ("json", """{{
  "measure": "turnaround",
  "weeks": {n},
  "limits": {{ "lower": 4.5, "upper": 17.25 }},
  "shared": true
}}"""),
]


def slug_of(text):
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


class Writer:
    """Makes the text of case studies; all chance comes from one seeded source."""

    def __init__(self, seed, count):
        self.random = random.Random(f"{seed}/{count}")
        # A pool is drawn once and pages choose from it: as varied as a page needs, and 100,000 pages stay quick.
        self.pools = {section: [self.sentence(patterns) for _ in range(2500)] for section, patterns in PATTERNS.items()}
        self.titles = [self.title(number) for number in range(count)]
        self.slugs = [slug_of(title) for title in self.titles]

    def title(self, number):
        # A step without a common factor visits every combination once before it repeats one.
        number = number * 70_423 % (len(ACTIONS) * len(SUBJECTS) * len(TOWN_STARTS) * len(TOWN_ENDS))
        number, action = divmod(number, len(ACTIONS))
        number, subject = divmod(number, len(SUBJECTS))
        start, end = divmod(number, len(TOWN_ENDS))
        return f"{ACTIONS[action]} {SUBJECTS[subject]} in {TOWN_STARTS[start]}{TOWN_ENDS[end]}"

    def sentence(self, patterns):
        choice = self.random.choice
        who, who2, what = choice(WHO), choice(WHO), choice(WHAT)
        text = choice(patterns).format(
            who=who, Who=who[0].upper() + who[1:], who2=who2, what=what, What=what[0].upper() + what[1:],
            when=choice(WHEN), why=choice(WHY), n=self.random.randint(12, 90),
        )
        return text, len(text.split())

    def paragraphs(self, section, word_count):
        """Prose of about so many words, as paragraphs of 3 to 5 sentences."""
        paragraphs, sentences = [], []
        length = self.random.randint(3, 5)
        while word_count > 0:
            text, words = self.random.choice(self.pools[section])
            sentences.append(text)
            word_count -= words
            if len(sentences) == length:
                paragraphs.append(" ".join(sentences))
                sentences, length = [], self.random.randint(3, 5)
        if sentences:
            paragraphs.append(" ".join(sentences))
        return paragraphs

    def link(self, number):
        """A link to another case study; None where there is no other."""
        other = self.random.randrange(len(self.titles))
        if other == number:
            return None
        fragment = "#output" if self.random.random() < 0.2 else ""
        return f"[{self.titles[other]}]({self.slugs[other]}.md{fragment})"

    def body(self, number):
        chance, choice, sample = self.random.random, self.random.choice, self.random.sample
        extras = {section: [] for section in PATTERNS}
        for section in sample(list(PATTERNS), 3):
            link = self.link(number)
            if link:
                extras[section].append(f"The work told in {link} met the same question and answered it in another way.")
        if chance() < 0.85:
            lines = ["| Examination | Before | After | Unit |", "|:--|--:|--:|:--|"]
            for row in sample(ROWS, self.random.randint(3, 6)):
                before = self.random.randint(20, 90)
                lines.append(f"| {row} | {before} | {before - self.random.randint(1, 15)} | hours |")
            extras["Output"].append("\n".join(lines))
        if chance() < 0.1:
            language, code = choice(CODE)
            extras["Solution"].append(f"```{language}\n{code.format(n=self.random.randint(10, 999))}\n```")
        extras["Solution"].append(f"### {choice(SUBHEADINGS)}\n\n" + "\n".join(
            f"{step}. {choice(self.pools['Solution'])[0]}" for step in range(1, 4)
        ))
        extras["Next steps"].append("\n".join(f"- {choice(self.pools['Next steps'])[0]}" for _ in range(3)))
        if chance() < 0.3:
            extras["Output"].append("The figures rest on a short baseline and are read with care.[^1]")
            extras["Next steps"].append(f"[^1]: Counted over {self.random.randint(8, 30)} weeks at the sites that took part.")

        fixed = sum(len(text.split()) for texts in extras.values() for text in texts)
        prose = self.random.randint(595, 805) - fixed
        parts = []
        for section, share in PROSE_SHARES.items():
            parts.append(f"## {section}")
            parts.extend(self.paragraphs(section, prose * share))
            parts.extend(extras[section])
        return "\n\n".join(parts) + "\n"

    def case_study(self, number):
        """The front matter that both tools share, the network's number, the stage, and the body."""
        chance, choice, sample = self.random.random, self.random.choice, self.random.sample
        published = datetime.date(2015, 1, 5) + datetime.timedelta(days=self.random.randrange(3900))
        reviewed = published + datetime.timedelta(days=self.random.randrange(60))
        year = published.year - 1
        period = f"{year}/{(year + 1) % 100:02}" if chance() < 0.3 else f"{choice(MONTHS[:6])} to {choice(MONTHS[6:])} {year}"
        # In turn, so that no network is without a case study even on the smallest site.
        network = number % len(NETWORKS)
        stage = choice(STAGES)
        lines = [
            f"title: {self.titles[number]}",
            f"summary: {choice(WHO).capitalize()} and {choice(WHO)} agreed on {choice(WHAT)} {choice(WHEN)}.",
            "status: published",
            f"owner: {OWNER}",
            f"published: {published}",
            f"last_reviewed: {reviewed}",
            "review_by: 2039-03-01",
            "told_by: own",
            f"themes: [{', '.join(sample(THEMES, self.random.randint(1, 3)))}]",
            f"tags: [{', '.join(sample(TAGS, self.random.randint(2, 5)))}]",
            f"standards: [{', '.join(code for code, _ in sample(STANDARDS, self.random.randint(1, 2)))}]",
            f"period: {period}",
            f"stage: {stage}",
            f"contact: {OWNER}",
            f"evidence: {choice(EVIDENCE)}",
            f"cost: £{self.random.randint(5, 90)},000 once",
            "workstreams:",
        ]
        for name in sample(WORKSTREAMS, self.random.randint(1, 3)):
            lines += [f"  - name: {name}", f"    lead: {choice(LEADS)}", f"    status: {choice(WORKSTREAM_STATES)}"]
        lines.append("measures:")
        for metric, unit, low, high in sample(METRICS, self.random.randint(1, 3)):
            baseline = self.random.randint(low, high)
            lines += [
                f"  - metric: {metric}",
                f"    baseline: {baseline}",
                f"    result: {baseline - self.random.randint(1, low - 1)}",
                f"    unit: {unit}",
            ]
        lines.append("barriers:")
        for barrier, answer in sample(BARRIERS, self.random.randint(1, 2)):
            lines += [f"  - barrier: {barrier}", f"    how_overcome: {answer}"]
        return "\n".join(lines), network, stage, self.body(number)


def common_fields(title, summary):
    return (
        f"title: {title}\nsummary: {summary}\nstatus: published\nowner: {OWNER}\n"
        "published: 2015-01-05\nlast_reviewed: 2025-03-01\nreview_by: 2039-03-01\n"
    )


def region_of(network):
    return REGIONS[network % len(REGIONS)]


def network_page(number, name):
    front = common_fields(f"{name} imaging network", f"The departments of {name} and what they share.")
    front += f"name: {name} Imaging Network\nregion: {region_of(number)}\nas_of: March 2025\nmembers: []\nfictional: true\n"
    body = f"## About\n\nThe {name} network is made up for this benchmark. It shares reports, training and equipment plans.\n"
    return f"---\n{front}---\n\n{body}"


def standard_page(code, title):
    front = common_fields(title, f"What {code} asks of a network, in one line.")
    front += f"framework: Example standard for imaging networks\nversion: made up for this benchmark\ncode: {code}\n"
    return f"---\n{front}---\n\n## Statement\n\nA network can show what it does about this and what came of it.\n"


def settings():
    folders = ["case-studies", "networks", "standards", "themes", "tags"]
    navigation = "".join(f"  - title: {folder.replace('-', ' ').capitalize()}\n    link: /{folder}/\n" for folder in folders)
    return f"title: {TITLE}\nbase_url: {BASE_URL}\nsearch: false\nhand_outs: false\ntheme: bench\nnavigation:\n{navigation}"


def write(path, text):
    # Newlines as they are: the bytes must not depend on the system.
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def start_site(root, folders):
    if root.exists():
        shutil.rmtree(root)
    for folder in folders:
        (root / "content" / folder).mkdir(parents=True)


def make(count, directory, seed, tools):
    writer = Writer(seed, count)
    folders = ["case-studies", "networks", "standards"]
    netsite, hugo = directory / "netsite", directory / "hugo"
    if "netsite" in tools:
        start_site(netsite, folders)
        write(netsite / "netsite.yaml", settings())
        shutil.copytree(THEMES_FOLDER, netsite / "themes")
    if "hugo" in tools:
        start_site(hugo, folders)
        shutil.copytree(HUGO_FILES, hugo, dirs_exist_ok=True)
        shutil.copytree(STATIC, hugo / "static")
        write(hugo / "content" / "case-studies" / "_index.md", "---\ntitle: Case studies\noutputs: [html, catalogue, records]\n---\n")
        write(hugo / "content" / "networks" / "_index.md", "---\ntitle: Networks\n---\n")
        write(hugo / "content" / "standards" / "_index.md", "---\ntitle: Standards\n---\n")
        for folder in ("themes", "tags", "regions", "stages"):
            (hugo / "content" / folder).mkdir()
            write(hugo / "content" / folder / "_index.md", f"---\ntitle: {folder.capitalize()}\n---\n")

    # In Hugo a page that gathers what names it is a term, so networks and standards are terms with a text.
    hubs = [("networks", slug_of(name), network_page(number, name)) for number, name in enumerate(NETWORKS)]
    hubs += [("standards", slug_of(code), standard_page(code, title)) for code, title in STANDARDS]
    for folder, slug, text in hubs:
        if "netsite" in tools:
            write(netsite / "content" / folder / f"{slug}.md", text)
        if "hugo" in tools:
            (hugo / "content" / folder / slug).mkdir()
            # A network bears its region's term as well, which netsite knows from the field.
            terms = re.sub(r"^region: (.*)$", r"\g<0>\nregions: [\1]", text, count=1, flags=re.MULTILINE)
            write(hugo / "content" / folder / slug / "_index.md", terms)

    for number, slug in enumerate(writer.slugs):
        front, network, stage, body = writer.case_study(number)
        network_slug = slug_of(NETWORKS[network])
        if "netsite" in tools:
            write(netsite / "content" / "case-studies" / f"{slug}.md", f"---\n{front}\nnetwork: {network_slug}\n---\n\n{body}")
        if "hugo" in tools:
            # netsite knows the region from the network and makes terms of stages by itself.
            terms = f"networks: [{network_slug}]\nregions: [{region_of(network)}]\nstages: [{stage.capitalize()}]"
            write(hugo / "content" / "case-studies" / f"{slug}.md", f"---\n{front}\n{terms}\n---\n\n{body}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("count", type=int, metavar="N", help="how many case studies, at most 115,200")
    parser.add_argument("directory", type=Path, metavar="DIR", help="folder to write netsite/ and hugo/ into (both are replaced)")
    parser.add_argument("--seed", default="netsite", help="another seed gives another site (default: %(default)s)")
    parser.add_argument("--only", choices=["netsite", "hugo"], help="write the site of one tool")
    options = parser.parse_args()
    if not 1 <= options.count <= len(ACTIONS) * len(SUBJECTS) * len(TOWN_STARTS) * len(TOWN_ENDS):
        parser.error("N must lie between 1 and 115,200: there are no more titles")
    make(options.count, options.directory, options.seed, [options.only] if options.only else ["netsite", "hugo"])


if __name__ == "__main__":
    main()
