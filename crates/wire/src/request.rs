//! Request bodies.

use serde::Serialize;

/// Serialises a body. Only plain structs come here, so it cannot fail; should it, the server refuses the empty body.
pub fn body(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[derive(Serialize)]
pub struct SignIn<'a> {
    pub username: &'a str,
    pub password: &'a str,
}

/// Transport `body` only.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refresh<'a> {
    pub refresh_token: &'a str,
}

/// Fence of a write: the version that the operator saw. Left out where the platform has no fence.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fenced {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_version: Option<u64>,
}

/// A body with its fence.
#[derive(Serialize)]
pub struct WithFence<T> {
    #[serde(flatten)]
    pub body: T,
    #[serde(flatten)]
    pub fence: Fenced,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assign<'a> {
    pub vendor_id: &'a str,
}

#[derive(Serialize)]
pub struct Reason<'a> {
    pub reason: &'a str,
}

#[derive(Serialize)]
pub struct ChecklistAnswer<'a> {
    pub answer: Option<&'a str>,
    pub note: Option<&'a str>,
}

#[derive(Serialize)]
pub struct Property<'a> {
    pub street: &'a str,
    pub unit: Option<&'a str>,
    pub city: &'a str,
    pub county: &'a str,
    pub state: &'a str,
    pub zip: &'a str,
    #[serde(rename = "type")]
    pub kind: &'a str,
}

#[derive(Serialize)]
pub struct Contact<'a> {
    pub role: &'a str,
    pub name: &'a str,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
}

#[derive(Serialize)]
pub struct Contacts<'a> {
    pub contacts: Vec<Contact<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conditions<'a> {
    pub product_id: &'a str,
    pub due_date: Option<&'a str>,
    pub special_instructions: Option<&'a str>,
}

/// Of a draft: the vendor picked in advance, `None` to leave it to assignment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preferred<'a> {
    pub vendor_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Create<'a> {
    pub client_reference: &'a str,
    pub property: Property<'a>,
    pub contacts: Vec<Contact<'a>>,
    #[serde(flatten)]
    pub vendor: Preferred<'a>,
    #[serde(flatten)]
    pub conditions: Conditions<'a>,
}
