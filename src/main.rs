//! The `netsite` command. All that it does stands in the library; here its result becomes an exit code.

use std::process::ExitCode;

/// A build makes and drops millions of small values on several threads; this allocator does it in less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    netsite::cli::run()
}
