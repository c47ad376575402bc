//! A page that says one thing.

use leptos::prelude::*;

use crate::platform::page;
use crate::ui::Icon;

pub fn message_page(heading: &'static str, text: String) -> AnyView {
    page::set_title(heading);
    view! {
        <section class="whole">
            <Icon name="info"/>
            <h1>{heading}</h1>
            <p>{text}</p>
            <div class="row"><a class="btn primary" href="/">"Go to orders"</a></div>
        </section>
    }
    .into_any()
}
