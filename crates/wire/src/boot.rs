//! What the boot script and the program must mean by the same name. The script gets these names from here:
//! `cargo xtask generate` writes them to `public/boot/constants.js`.

/// The lock around a refresh and nothing else: one refresh at a time, in whichever tab.
pub const REFRESH_LOCK: &str = "omnival-refresh";
/// Each page holds a lock of this name and its id for as long as it lives.
pub const TAB_LOCK: &str = "omnival-tab-";

/// Local storage: `1` between sign-in and sign-out, so that a first visit does not begin with a refused refresh.
pub const SESSION_KEY: &str = "omnival.session";
/// Local storage: the client last worked for.
pub const CLIENT_KEY: &str = "omnival.client";
/// Local storage: `light` or `dark`.
pub const THEME_KEY: &str = "omnival.theme";
/// Local storage: what every key of a kept text begins with.
pub const DRAFT_PREFIX: &str = "omnival.draft.";
/// Session storage: the facts of the last attempt, for the crash screen.
pub const LAST_KEY: &str = "omnival.last";
