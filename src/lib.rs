//! netsite compiles a folder of Markdown and data into a static site that can be searched, printed, handed over
//! and trusted. `ARCHITECTURE.md` holds the map: five stages, each a type, and the floors that modules stand on.

pub mod appraisal;
pub mod benchmark;
pub mod build;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod collection;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod disclosure;
pub mod disk;
pub mod explain;
pub mod fields;
pub mod find;
pub mod form;
pub mod image;
pub mod map;
pub mod markdown;
pub mod network;
pub mod pack;
pub mod pathway;
pub mod programme;
pub mod qr;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod text;
pub mod theme;
pub mod tiff;
pub mod verdict;
