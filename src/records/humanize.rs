//! The words of the platform as people read them.

/// `chargeAtActivation` to `Charge at activation`; a word that is new to us reads the same way.
pub fn humanize(word: &str) -> String {
    if ["va", "fha", "usda", "ucdp", "ead", "qc"].contains(&word) {
        return word.to_uppercase();
    }
    let mut text = String::with_capacity(word.len() + 4);
    for (index, c) in word.chars().enumerate() {
        if index == 0 {
            text.extend(c.to_uppercase());
        } else if c.is_uppercase() {
            text.push(' ');
            text.extend(c.to_lowercase());
        } else {
            text.push(c);
        }
    }
    text
}
