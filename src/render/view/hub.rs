//! What a network's page shows of its members: the table, the map of the same, and what happened over time.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::Views;
use crate::content::ParsedPage;
use crate::map::{Area, Mark, Place, draw};
use crate::render::benchmark;
use crate::render::members::{Member, history, members, position, short_names};
use crate::render::value::{map, optional};
use crate::site::{Figures, PageIndex};

/// The drawing for phones and narrow columns, and the one for wide columns, in units across.
const WIDTHS: [(&str, u16); 2] = [("map-narrow", 328), ("map-wide", 366)];

/// At most so many benchmarks stand on the page of a network.
const MOST_BENCHMARKS: usize = 4;

impl Views<'_> {
    /// Benchmarks that have figures of a network's members, each as its page shows it, with those members picked out.
    pub(super) fn figures_of(&self, network: PageIndex) -> Vec<Value> {
        let members = members(&self.site.pages[network].parsed, &self.site.organisations);
        let codes: BTreeSet<&str> =
            members.iter().filter_map(seat_now).chain(members.iter().map(|member| member.code)).collect();
        if codes.is_empty() {
            return Vec::new();
        }
        let picked: Vec<&str> = codes.iter().copied().collect();
        let of_members = |figures: &Figures| {
            figures
                .main()
                .organisations()
                .iter()
                .any(|organisation| codes.contains(organisation.code.as_str()))
        };
        let with_figures = self.site.figures.iter().enumerate();
        with_figures
            .filter(|(_, figures)| figures.as_ref().is_some_and(of_members))
            .take(MOST_BENCHMARKS)
            .enumerate()
            .map(|(number, (index, figures))| {
                let prefix = format!("to:chart-{}", number + 1);
                let all = figures.as_ref().map_or(&[][..], |figures| figures.main().organisations());
                let are_all = all.iter().all(|organisation| codes.contains(organisation.code.as_str()));
                let data = benchmark::value(self.site, index, &prefix, if are_all { &[] } else { &picked });
                let row = self.row(index);
                map([
                    ("row", row.clone()),
                    ("title", Value::from(self.site.pages[index].parsed.title.as_str())),
                    ("data", data),
                ])
            })
            .collect()
    }

    /// The members of a network, as its page shows them.
    pub(super) fn hub(&self, network: &ParsedPage) -> Value {
        let members = members(network, &self.site.organisations);
        let mut seats: Vec<&str> = Vec::new();
        let mut number_of_seat: BTreeMap<&str, usize> = BTreeMap::new();
        for seat in members.iter().filter_map(seat_now) {
            number_of_seat.entry(seat).or_insert_with(|| {
                seats.push(seat);
                seats.len()
            });
        }
        let rows: Vec<Value> = members
            .iter()
            .map(|member| {
                let number = seat_now(member).and_then(|seat| number_of_seat.get(seat));
                let known = member.organisation;
                let renamed = known.filter(|known| known.name != member.name && member.today.is_none());
                map([
                    ("name", Value::from(member.name)),
                    ("code", Value::from(member.code)),
                    ("from", optional(member.from.map(|period| period.text.as_str()))),
                    ("to", optional(member.to.map(|period| period.text.as_str()))),
                    ("renamed", optional(renamed.map(|known| known.name.as_str()))),
                    ("today", optional(member.today.map(|today| today.name.as_str()))),
                    ("today_code", optional(member.today.map(|today| today.ods.as_str()))),
                    ("number", number.map_or_else(Value::none, |number| Value::from(*number))),
                ])
            })
            .collect();
        let history: Vec<Value> = history(network, &members)
            .into_iter()
            .map(|event| {
                map([
                    ("when", Value::from(event.when)),
                    ("what", Value::from(event.what)),
                    ("is_list", Value::from(event.is_list)),
                ])
            })
            .collect();
        let off_map = members.iter().filter(|member| seat_now(member).is_none()).count();
        let (maps, numbered) = self.maps_of(network, &members, &seats);
        map([
            ("members", Value::from(rows)),
            ("dated", Value::from(members.iter().any(|member| member.from.is_some() || member.to.is_some()))),
            ("history", Value::from(history)),
            ("maps", maps),
            ("numbered", Value::from(numbered)),
            ("off_map", Value::from(off_map)),
        ])
    }

    /// The drawings of where members are, none without any place, and whether any has numbers in it.
    fn maps_of(&self, network: &ParsedPage, members: &[Member<'_>], seats: &[&str]) -> (Value, bool) {
        if seats.is_empty() {
            return (Value::none(), false);
        }
        let organisations = &self.site.organisations;
        // A member has the name that it has in the table, unless it stands for others that it took in.
        let named: Vec<&str> = seats
            .iter()
            .map(|seat| {
                let at_the_time =
                    members.iter().find(|member| member.code == *seat).map(|member| member.name);
                at_the_time.or(organisations.get(*seat).map(|known| known.name.as_str())).unwrap_or(seat)
            })
            .collect();
        let labels = short_names(&named);
        let places: Vec<Place<'_>> = seats
            .iter()
            .zip(&labels)
            .filter_map(|(seat, label)| {
                let (latitude, longitude) = position(organisations.get(*seat)?)?;
                Some(Place { latitude, longitude, label, mark: Mark::Open })
            })
            .collect();
        let name = format!("Map of the members of {}", network.title);
        let mut numbered = false;
        let drawings = WIDTHS.map(|(class, width)| {
            let drawing = draw(&places, Area::Around, width);
            numbered |= drawing.has_numbers();
            Value::safe_string(&drawing.svg(class, &name, "map:key"))
        });
        (Value::from(Vec::from(drawings)), numbered)
    }
}

/// The code at whose place a member of today stands.
fn seat_now<'a>(member: &Member<'a>) -> Option<&'a str> {
    member.seat.filter(|_| !member.has_left()).map(|seat| seat.ods.as_str())
}
