//! Who is signed in, with which token, on which page.

use omnival_core::ids::ClientId;
use omnival_core::recovery::journal::TabId;
use omnival_core::session::{Client, Credential};

use crate::given::user;

#[test]
fn a_client_is_found_among_the_users_own_and_nowhere_else() {
    let client = |id: &str, name: &str| Client {
        id: ClientId::new(id),
        name: name.into(),
    };
    let mut mia = user("operations");
    mia.clients = vec![client("cli-1", "Aspen"), client("cli-2", "Birch")];
    assert_eq!(mia.client("cli-2"), Some(&client("cli-2", "Birch")));
    for unknown in ["cli-3", "Birch", "CLI-2", "cli", ""] {
        assert_eq!(mia.client(unknown), None, "{unknown}");
    }
}

#[test]
fn a_token_is_told_bare_to_a_body_and_as_bearer_to_a_header() {
    let token = Credential::new("acc.ess-token").expect("a sound token");
    assert_eq!(token.exposed(), "acc.ess-token");
    assert_eq!(token.header(), "Bearer acc.ess-token");
}

#[test]
fn a_page_is_known_by_the_name_that_it_was_given() {
    assert_eq!(TabId::new("tab-7").as_str(), "tab-7");
    assert_ne!(TabId::new("tab-7"), TabId::new("tab-8"));
}
