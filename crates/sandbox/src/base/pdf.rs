//! Small PDF files of our own making, the same for the same words.

/// A PDF with one page per entry of `pages`, each a few lines of plain text. What Latin-1 cannot spell
/// becomes a question mark.
pub fn write(pages: &[Vec<String>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |file: &mut Vec<u8>, body: &[u8]| {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", offsets.len()).as_bytes());
        file.extend_from_slice(body);
        file.extend_from_slice(b"\nendobj\n");
    };
    // 1 catalogue, 2 page tree, 3 font, then a page and its content in turns.
    object(&mut file, b"<< /Type /Catalog /Pages 2 0 R >>");
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let tree = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len());
    object(&mut file, tree.as_bytes());
    object(
        &mut file,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    );
    for (number, lines) in pages.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] \
             /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * number
        );
        object(&mut file, page.as_bytes());
        let mut text = b"BT /F1 14 Tf 72 720 Td 22 TL\n".to_vec();
        for line in lines {
            text.push(b'(');
            text.extend(line.chars().flat_map(spell));
            text.extend_from_slice(b") Tj T*\n");
        }
        text.extend_from_slice(b"ET");
        let mut stream = format!("<< /Length {} >>\nstream\n", text.len()).into_bytes();
        stream.extend_from_slice(&text);
        stream.extend_from_slice(b"\nendstream");
        object(&mut file, &stream);
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
    for offset in &offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        offsets.len() + 1
    );
    file.extend_from_slice(trailer.as_bytes());
    file
}

fn spell(char: char) -> Vec<u8> {
    match char {
        '(' | ')' | '\\' => vec![b'\\', char as u8],
        ' '..='~' => vec![char as u8],
        '\u{a0}'..='\u{ff}' => vec![char as u32 as u8],
        _ => vec![b'?'],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_object_stands_where_the_table_says() {
        let file = write(&[
            vec!["One (1) \\".to_owned(), "ñ → ?".to_owned()],
            vec!["Two".to_owned()],
        ]);
        let find = |needle: &[u8]| file.windows(needle.len()).position(|window| window == needle);
        assert!(file.starts_with(b"%PDF-1.4") && file.ends_with(b"%%EOF\n"));
        assert!(find(b"(One \\(1\\) \\\\) Tj").is_some());
        assert!(find(b"(\xf1 ? ?) Tj").is_some());
        let table = find(b"xref\n0 ").unwrap();
        let tail = std::str::from_utf8(&file[table..]).unwrap();
        assert!(tail.contains(&format!("startxref\n{table}\n")));
        let entries: Vec<&str> = tail.lines().filter(|line| line.ends_with(" n ")).collect();
        assert_eq!(entries.len(), 7);
        for (index, entry) in entries.iter().enumerate() {
            let offset: usize = entry[..10].parse().unwrap();
            assert!(file[offset..].starts_with(format!("{} 0 obj", index + 1).as_bytes()));
        }
    }
}
