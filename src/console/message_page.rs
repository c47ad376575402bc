//! A page that says one thing.

use leptos::prelude::*;

use crate::navigation::routes;
use crate::platform::page;
use crate::ui::{Icon, link};

pub fn message_page(heading: &'static str, text: String) -> AnyView {
    page::set_title(heading);
    view! {
        <section class="whole">
            <Icon name="info"/>
            <h1>{heading}</h1>
            <p>{text}</p>
            <div class="row">{link("btn primary", routes::home(), "Go to orders".into_any())}</div>
        </section>
    }
    .into_any()
}
