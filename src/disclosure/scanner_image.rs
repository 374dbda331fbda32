//! Pictures that scanners made, told by their words: names are often burned into the pixels, and nothing here reads
//! pixels. So somebody must have looked, and the page says who.

use crate::diagnostic::Diagnostic;

/// Pictures by their own names.
const PICTURES: &[&str] = &[
    "radiograph",
    "radiographs",
    "mammogram",
    "mammograms",
    "angiogram",
    "angiograms",
    "sonogram",
    "sonograms",
    "tomogram",
    "venogram",
    "arthrogram",
    "sagittal",
    "coronal",
    "dicom",
];
/// What makes pictures, and much else.
const MODALITIES: &[&str] = &[
    "ct",
    "cta",
    "mri",
    "mr",
    "mra",
    "xray",
    "xrays",
    "ultrasound",
    "pet",
    "spect",
    "dexa",
    "cxr",
    "fluoroscopy",
];
/// What makes a modality's name that of a picture: `CT scan`, `MRI of the brain`, `ct-head`.
const MADE: &[&str] = &[
    "scan",
    "scans",
    "image",
    "images",
    "slice",
    "slices",
    "of",
    "showing",
    "shows",
    "series",
    "head",
    "brain",
    "chest",
    "abdomen",
    "abdominal",
    "pelvis",
    "pelvic",
    "spine",
    "lumbar",
    "knee",
    "hip",
    "hand",
    "wrist",
    "ankle",
    "foot",
    "shoulder",
    "skull",
    "lung",
    "lungs",
    "heart",
    "liver",
    "neck",
    "breast",
    "axial",
];
/// Pictures of something else: of a machine, of figures, of work.
const OTHERS: &[&str] = &[
    "scanner",
    "scanners",
    "chart",
    "graph",
    "diagram",
    "drawing",
    "flowchart",
    "pathway",
    "map",
    "table",
    "logo",
    "icon",
    "poster",
    "photo",
    "photograph",
    "room",
    "suite",
    "van",
    "machine",
    "team",
    "plan",
    "screenshot",
    "layout",
    "waiting",
    "times",
    "number",
    "numbers",
    "reports",
    "reporting",
    "activity",
    "staff",
    "rota",
    "dashboard",
    "template",
    "training",
    "phantom",
    "illustration",
];

/// Whether an image is one of a scanner, by the words that stand for it and by the name of its file.
pub fn is_of_a_scanner(words: &str, file_name: &str) -> bool {
    [words, file_name].iter().any(|text| {
        let text = text.to_lowercase().replace("x-ray", "xray").replace("x ray", "xray");
        let words: Vec<&str> = text
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
        let is_picture = has(PICTURES)
            || words.windows(2).any(|pair| MODALITIES.contains(&pair[0]) && MADE.contains(&pair[1]))
            || words
                .windows(2)
                .any(|pair| MADE.contains(&pair[0]) && MODALITIES.contains(&pair[1]) && pair[0] != "of");
        is_picture && !has(OTHERS)
    })
}

/// An error for a picture of a scanner that nobody says to have looked at.
pub fn unchecked_image() -> Diagnostic {
    Diagnostic::error(
        "image-not-checked",
        "this looks like an image of a scanner: names and numbers of patients are often burned into the picture, and nothing \
         here reads pixels",
    )
    .help(
        "let somebody look at every image of the page, and add image_checked: { role: PACS manager, date: 2026-02-20 }; if it \
         shows something else, say so in its words: “photo of the CT room”",
    )
}

#[cfg(test)]
mod tests {
    use super::is_of_a_scanner;

    #[test]
    fn images_of_scanners_are_told_from_those_of_machines_and_figures() {
        for words in [
            "Chest X-ray with a fracture",
            "CT scan of the head",
            "MRI of the knee",
            "A mammogram",
            "Axial CT slice",
        ] {
            assert!(is_of_a_scanner(words, "picture.png"), "{words}");
        }
        assert!(is_of_a_scanner("Example", "ct-head-01.jpg"));
        for words in [
            "The new CT scanner",
            "CT waiting times by month",
            "Photo of the MRI room",
            "Chart of CT scans",
            "A pet dog",
            "MRI",
        ] {
            assert!(!is_of_a_scanner(words, "picture.png"), "{words}");
        }
    }
}
