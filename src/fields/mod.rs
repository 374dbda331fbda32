//! Typed fields from YAML: a table says which fields there are, and a YAML mapping becomes values of their types,
//! with the place of each and every problem at once. Front matter, `netsite.yaml` and theme settings are read this
//! way, and the JSON Schemas, the starters of `netsite new` and the field reference are made from the same tables.

mod decode;
mod formats;
mod shape;
mod slips;
mod value;
pub mod yaml;

pub use decode::{Decoded, Missing, decode};
pub use shape::{Field, Need, Shape, Target};
pub use value::{Reference, Value, Values};

/// What a field is for, as the end of a sentence.
pub fn about_in_sentence(field: &Field) -> String {
    crate::text::lower_first(field.about).trim_end_matches('.').to_string()
}

/// The line to type for a field: `stage: pilot`.
pub fn example_line(field: &Field) -> String {
    decode::line_with_example(field)
}
