//! Whole little sites through the real binary: what a writer is told, what a reader gets, what stands in the folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod addresses;
mod benchmarks;
mod commands;
mod config;
mod dates;
mod determinism;
mod disclosure;
mod every_field;
mod every_problem;
mod feeds;
mod floors;
mod formats;
mod front_matter;
mod harness;
mod hidden;
mod images;
mod kinds;
mod links;
mod maps;
mod markdown_messages;
mod meant;
mod odd_input;
mod options;
mod organisations;
mod outputs;
mod overviews;
mod pagination;
mod papers;
mod pathways;
mod published;
mod publishing;
mod references;
mod relations;
mod robustness;
mod samples;
mod searching;
mod smoke;
mod taxonomies;
mod templates;
mod themes;
mod told;
mod versions;
mod wayfinding;
mod yaml;
