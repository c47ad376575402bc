//! The kinds of property, and how a person calls them.

pub const PROPERTY_TYPES: [(&str, &str); 5] = [
    ("singleFamily", "Single family"),
    ("condo", "Condominium"),
    ("townhouse", "Townhouse"),
    ("multiFamily", "Multi-family (2–4 units)"),
    ("manufactured", "Manufactured home"),
];

/// What a person calls a property type; the key itself where it is none of ours.
pub fn property_type(key: &str) -> &str {
    let known = PROPERTY_TYPES.iter().find(|(known, _)| *known == key);
    known.map_or(key, |(_, label)| label)
}
