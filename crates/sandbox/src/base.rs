//! What knows nothing of appraisals: time, money, randomness, JSON, PDF files, and enums made of words.

pub mod json;
pub mod money;
pub mod pdf;
pub mod random;
pub mod time;
pub mod words;
