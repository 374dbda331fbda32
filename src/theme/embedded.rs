//! The default theme, which every binary carries.

/// Path below the theme's folder, and bytes.
pub(super) static FILES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));
