# What people and CI run. `just` alone lists the recipes.

[private]
default:
    @just --list --unsorted

# Build the program as it is released
build:
    cargo build --release

# Build the real site into public/
site *arguments:
    cargo run --release -- build {{ arguments }}

# Install what the tests need, and run them all
test *arguments:
    scripts/test {{ arguments }}

# Formatting and lints
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# The documentation of the code, and the reference of fields under docs/
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
    UPDATE_DOCS=1 cargo test --test site papers

# Licences, advisories and sources of the dependencies (needs cargo-deny)
deny:
    cargo deny check

# Time the main job beside Hugo and beside the floor: see benches/README.md
bench *arguments:
    cargo build --release && python3 benches/run.py {{ arguments }}

# Time `netsite check` on generated sites: see benches/README.md
bench-check *arguments:
    cargo build --release && python3 benches/check.py {{ arguments }}

# Lighthouse over a page of every kind, as a phone and as a desktop: every figure must be 100
lighthouse *addresses:
    cargo build && npm ci --prefix benches/lighthouse && node benches/lighthouse/run.js {{ addresses }}

# Time the images of a site of 100 photos: see benches/README.md
bench-images *arguments:
    cargo build --release && python3 benches/images.py {{ arguments }}

# Time a thousand charts of each sort on one core
bench-charts:
    cargo bench --bench charts

# Time drawings of pathways, and sites that have them: see benches/README.md
bench-pathways *arguments:
    cargo bench --bench pathways && cargo build --release && python3 benches/pathways.py {{ arguments }}

# Time a site with an event of 3 days, 12 rooms and 200 sessions, beside the same site without: see benches/README.md
bench-event *arguments:
    cargo build --release && python3 benches/events.py {{ arguments }}

# How well the search ranks a judged collection, in a real browser: see benches/README.md
relevance collection *arguments:
    cargo build --release && npm ci --prefix tests/browser && node benches/relevance.js {{ collection }} {{ arguments }}

# What the search costs a build and a reader, beside its targets: see benches/README.md
bench-search *arguments:
    cargo build --release && npm ci --prefix tests/browser && python3 benches/search.py {{ arguments }}

# Time the preview, from saving a file to its new bytes, beside its targets: see benches/README.md
bench-serve *arguments:
    cargo build --release && python3 benches/serve.py {{ arguments }}

# What a pack costs beside a build: see benches/README.md
bench-pack *arguments:
    cargo build --release && python3 benches/pack.py {{ arguments }}

# Look for input that breaks the pathways, until one is found or you stop it: see fuzz/README.md
fuzz target="flowchart" *arguments:
    mkdir -p fuzz/corpus/{{ target }}
    cargo +nightly fuzz run {{ target }} fuzz/corpus/{{ target }} tests/pathway/corpus/good tests/pathway/corpus/broken -- -max_len=20000 {{ arguments }}

# Everything that a change must pass
ci:
    .ci/run
