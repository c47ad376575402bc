//! Signing out removes what is kept of a person: said once, then done.

/// What pressing “Sign out” comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignOut {
    /// Forget the person's texts, and sign out.
    Now,
    /// Say this first, and ask again.
    Warn(String),
}

/// `texts` are kept of the person, `attempts` of theirs are still followed; `warned` if they were told before.
pub fn sign_out(texts: usize, attempts: usize, warned: bool) -> SignOut {
    let warning = cost(texts, attempts);
    if warned || warning.is_empty() {
        SignOut::Now
    } else {
        SignOut::Warn(warning)
    }
}

/// What signing out would cost, in words; nothing when it costs nothing.
fn cost(texts: usize, attempts: usize) -> String {
    let mut words = String::new();
    if texts > 0 {
        words.push_str("This device keeps ");
        words.push_str(&texts.to_string());
        words.push_str(" unsent text(s) of yours; signing out removes them. ");
    }
    if attempts > 0 {
        words.push_str(
            "What you tried last is still being checked; signing out pauses that until you sign in here again.",
        );
    }
    words
}
