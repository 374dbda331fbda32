//! The time zone that a writer most likely meant by a name that is none.

use super::nearest;

/// What people call zones. A name such as GMT+1 is an offset: it does not know when the clocks change.
const CALLED: [(&str, &str); 27] = [
    ("bst", "Europe/London"),
    ("gmt/bst", "Europe/London"),
    ("britishsummertime", "Europe/London"),
    ("britishtime", "Europe/London"),
    ("uktime", "Europe/London"),
    ("uk", "Europe/London"),
    ("unitedkingdom", "Europe/London"),
    ("england", "Europe/London"),
    ("wales", "Europe/London"),
    ("scotland", "Europe/London"),
    ("northernireland", "Europe/London"),
    ("britain", "Europe/London"),
    ("greatbritain", "Europe/London"),
    ("europe/uk", "Europe/London"),
    ("greenwichmeantime", "Europe/London"),
    ("gmtstandardtime", "Europe/London"),
    ("gmt+0", "Europe/London"),
    ("gmt+1", "Europe/London"),
    ("gmt+01:00", "Europe/London"),
    ("utc+1", "Europe/London"),
    ("utc+01:00", "Europe/London"),
    ("+01:00", "Europe/London"),
    ("cest", "Europe/Paris"),
    ("edt", "America/New_York"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("ireland", "Europe/Dublin"),
];

/// The zone that is most likely meant: by what people call it, by its town, or by a slip of the pen.
pub fn zone_meant(written: &str) -> Option<String> {
    let wanted: String =
        written.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect();
    if let Some((_, zone)) = CALLED.iter().find(|(called, _)| *called == wanted) {
        return Some((*zone).to_string());
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_string()).collect();
    let town = |name: &str| name.rsplit('/').next().unwrap_or(name).replace('_', "").to_lowercase();
    let given = town(&wanted.replace('_', ""));
    // Names of towns alone stand beside the others: `Europe/London` before `GB`.
    let mut with_place: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
        .collect();
    with_place.sort_unstable();
    with_place
        .iter()
        .find(|name| town(name) == given)
        .copied()
        .or_else(|| nearest(written, with_place.iter().copied()))
        .or_else(|| {
            let towns: Vec<String> = with_place.iter().map(|name| town(name)).collect();
            let near = nearest(&given, towns.iter().map(String::as_str))?;
            towns.iter().position(|town| town == near).map(|place| with_place[place])
        })
        .map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::zone_meant;

    #[test]
    fn zones_as_people_call_them() {
        for (written, meant) in [
            ("BST", "Europe/London"),
            ("GMT+1", "Europe/London"),
            ("UTC +1", "Europe/London"),
            ("British Summer Time", "Europe/London"),
            ("London", "Europe/London"),
            ("Europe/Lodnon", "Europe/London"),
            ("new york", "America/New_York"),
            ("Lisbonn", "Europe/Lisbon"),
        ] {
            assert_eq!(zone_meant(written).as_deref(), Some(meant), "{written}");
        }
        assert_eq!(zone_meant("whenever it suits"), None);
    }
}
