//! What stands beside a chart: the safe CSV, the statistics for machines, and figures as readers see them.

pub mod csv;
pub mod json;
pub mod number;
