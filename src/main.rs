//! The `netsite` command. All that it does stands in the library; here its result becomes an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    netsite::cli::run()
}
