//! What may be uploaded: which types, and how much. Said before anything is chosen, and checked before it is sent.
//!
//! Source: the contract's `submitReport` and `addDocument`; the platform's own refusal stays the authority.

/// A kind of file: what it is called, its media type, and how its names end.
type Kind = (&'static str, &'static str, &'static [&'static str]);

const PDF: Kind = ("PDF", "application/pdf", &[".pdf"]);
const ZIP: Kind = ("ZIP", "application/zip", &[".zip"]);
const PNG: Kind = ("PNG", "image/png", &[".png"]);
const JPEG: Kind = ("JPEG", "image/jpeg", &[".jpg", ".jpeg"]);
const DOCX: Kind = (
    "DOCX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    &[".docx"],
);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    kinds: &'static [Kind],
    /// Bytes.
    most: u64,
    /// In words, for before it is chosen.
    pub hint: &'static str,
    refused: &'static str,
}

const MOST: u64 = 20 << 20;

pub const REPORT: Limits = Limits {
    kinds: &[PDF, ZIP],
    most: MOST,
    hint: "PDF, or ZIP with the PDF and its data; up to 20 MB.",
    refused: "A report is a PDF or a ZIP file. Choose one of these.",
};

pub const DOCUMENT: Limits = Limits {
    kinds: &[PDF, PNG, JPEG, ZIP, DOCX],
    most: MOST,
    hint: "PDF, PNG, JPEG, ZIP or DOCX; up to 20 MB.",
    refused: "Choose a PDF, PNG, JPEG, ZIP or DOCX file.",
};

impl Limits {
    /// For a file picker: media types and endings.
    pub fn accept(&self) -> String {
        let each = self.kinds.iter().flat_map(|(_, media, endings)| {
            let endings = endings.iter().copied();
            std::iter::once(*media).chain(endings)
        });
        each.collect::<Vec<_>>().join(",")
    }

    /// The media type to send it as: by the name's ending, since what a browser claims depends on what is installed.
    pub fn media_type(&self, name: &str) -> Option<&'static str> {
        let name = name.to_ascii_lowercase();
        let kind = self
            .kinds
            .iter()
            .find(|(_, _, endings)| endings.iter().any(|ending| name.ends_with(ending)));
        kind.map(|(_, media, _)| *media)
    }

    /// Why the file cannot be sent, in words for whoever chose it.
    pub fn problem(&self, name: &str, size: u64) -> Option<&'static str> {
        if self.media_type(name).is_none() {
            Some(self.refused)
        } else if size == 0 {
            Some("The file is empty. Choose another one.")
        } else {
            (size > self.most)
                .then_some("The file is larger than 20 MB. Choose a smaller one, or ask for it to be split.")
        }
    }
}

/// May a page show it? Everything else is only handed on, so that no file runs as a page of ours.
pub fn is_shown(media_type: &str) -> bool {
    [PDF, PNG, JPEG].iter().any(|(_, known, _)| *known == media_type)
}

/// Bytes for people, in decimal units.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => [&bytes.to_string(), " bytes"].concat(),
        1_000..1_000_000 => [&(bytes / 1_000).to_string(), " kB"].concat(),
        _ => {
            let tenths = bytes / 100_000;
            [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), " MB"].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending_in_any_case() {
        assert_eq!(REPORT.media_type("Report 1.PDF"), Some("application/pdf"));
        assert_eq!(REPORT.media_type("report.docx"), None);
        assert_eq!(DOCUMENT.media_type("front.jpeg"), Some("image/jpeg"));
        assert_eq!(DOCUMENT.media_type("pdf"), None);
    }

    #[test]
    fn what_the_platform_would_refuse_is_said_first() {
        assert_eq!(REPORT.problem("report.pdf", 1), None);
        assert_eq!(REPORT.problem("report.pdf", MOST), None);
        let wrong = |name, size| REPORT.problem(name, size).unwrap_or_default();
        assert!(wrong("report.exe", 1).contains("PDF or a ZIP"));
        assert!(wrong("report.pdf", 0).contains("empty"));
        assert!(wrong("report.pdf", MOST + 1).contains("20 MB"));
    }

    #[test]
    fn the_picker_offers_what_is_taken() {
        assert_eq!(REPORT.accept(), "application/pdf,.pdf,application/zip,.zip");
    }

    #[test]
    fn only_what_cannot_run_is_shown() {
        assert!(is_shown("application/pdf") && is_shown("image/png") && is_shown("image/jpeg"));
        for other in [
            "text/html",
            "image/svg+xml",
            "application/zip",
            "application/pdf; charset=x",
            "",
        ] {
            assert!(!is_shown(other), "{other}");
        }
    }

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        let told = [999, 1_000, 999_999, 1_000_000, 20_971_520].map(size);
        assert_eq!(told, ["999 bytes", "1 kB", "999 kB", "1.0 MB", "20.9 MB"]);
    }
}
