//! Time that remains, as minutes and seconds. It shows a number and runs no clock of its own.

use leptos::prelude::*;

use super::live::text;

/// Not a live region: a number spoken every second hides everything else. Say once, in words
/// beside it, what happens when it reaches zero.
#[component]
pub fn Countdown(#[prop(into)] seconds: Signal<u32>) -> impl IntoView {
    view! { <span class="countdown num">{text(move || clock(seconds.get()))}</span> }
}

/// `75` is `1:15`. Built by hand: the formatting machinery weighs more than this whole part.
fn clock(seconds: u32) -> String {
    let mut text = (seconds / 60).to_string();
    let rest = seconds % 60;
    text.push_str(if rest < 10 { ":0" } else { ":" });
    text.push_str(&rest.to_string());
    text
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn seconds_always_have_two_digits() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(9), "0:09");
        assert_eq!(clock(75), "1:15");
        assert_eq!(clock(3_600), "60:00");
    }
}
