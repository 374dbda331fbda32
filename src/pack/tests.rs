use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn about() -> About {
    About {
        site: "Test site".into(),
        selection: "the whole site".into(),
        day: Date::constant(2026, 11, 22),
        page_count: 1,
        website: None,
    }
}

fn packed(folder: &Path, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let output = folder.join("test.zip");
    let archive = Archive::begin(&AskedFile::at(&output).unwrap(), Date::constant(2026, 11, 22)).unwrap();
    for (path, bytes) in files {
        archive.add(path, bytes).unwrap();
    }
    archive.finish(&about()).unwrap();
    fs::read(output).unwrap()
}

fn read(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ::zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Another reader finds what was put in, and the order in which it came does not show.
    #[test]
    fn what_goes_in_comes_out(
        files in prop::collection::btree_map("[a-zé]{1,12}(/[a-z ]{1,8})?\\.(html|png)", prop::collection::vec(any::<u8>(), 0..2_000), 0..12)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut given: Vec<(String, Vec<u8>)> = files.clone().into_iter().collect();
        let bytes = packed(folder.path(), &given);
        given.reverse();
        prop_assert_eq!(&packed(folder.path(), &given), &bytes);
        let mut found = read(&bytes);
        for own in [READ_ME, MANIFEST, SUMS] {
            prop_assert!(found.remove(own).is_some());
        }
        prop_assert_eq!(found, files);
    }
}

#[test]
fn a_large_file_goes_through_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let bytes: Vec<u8> = (0..LARGE + 5).map(|at| (at * at % 251) as u8).collect();
    for name in ["large.csv", "large.png"] {
        let from = folder.path().join(name);
        fs::write(&from, &bytes).unwrap();
        let output = AskedFile::at(&folder.path().join("test.zip")).unwrap();
        let archive = Archive::begin(&output, Date::constant(2026, 11, 22)).unwrap();
        archive.add("before.txt", b"before").unwrap();
        archive.add_file(name, &from, *blake3::hash(&bytes).as_bytes()).unwrap();
        archive.add("z.txt", b"after").unwrap();
        archive.finish(&about()).unwrap();
        let found = read(&fs::read(output.path()).unwrap());
        assert_eq!(found["before.txt"], b"before");
        assert_eq!(found["z.txt"], b"after");
        assert!(found[name] == bytes);
    }
}

#[test]
fn more_files_than_two_bytes_count() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<(String, Vec<u8>)> =
        (0..66_000).map(|number| (format!("{number}.txt"), Vec::new())).collect();
    assert_eq!(read(&packed(folder.path(), &files)).len(), 66_003);
}

#[test]
fn strangers_files_are_left_and_so_is_a_pack_that_is_being_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("minutes.zip");
    fs::write(&path, "mine").unwrap();
    let day = Date::constant(2026, 11, 22);
    let output = AskedFile::at(&path).unwrap();
    assert!(matches!(Archive::begin(&output, day), Err(PackError::SomeoneElses { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    let output = AskedFile::at(&folder.path().join("new.zip")).unwrap();
    let first = Archive::begin(&output, day).unwrap();
    assert!(matches!(Archive::begin(&output, day), Err(PackError::InUse { .. })));
    drop(first);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left of an attempt");
}

#[test]
fn names_of_the_packs_own_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let output = AskedFile::at(&folder.path().join("test.zip")).unwrap();
    let archive = Archive::begin(&output, Date::constant(2026, 11, 22)).unwrap();
    archive.add("Manifest.txt", b"mine").unwrap();
    assert!(matches!(archive.finish(&about()), Err(PackError::OwnName { .. })));
    assert!(!output.is_there());
}
