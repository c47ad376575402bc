//! The queue's screen.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::words::Permission;
use omnival_headless::queue as rules;

use super::state::{Queue, Reader};
use super::table::{pager, table};
use super::toolbar::toolbar;
use super::views::views;
use crate::console::{About, Console, FailureNote};
use crate::navigation::routes;
use crate::platform::intl::{self, Style};
use crate::platform::page;
use crate::ui::Icon;
use crate::ui::live::{effect, text, when};

/// `on_rest` is called when the rows are here, or will not come: then the connection is free for the screens behind them.
#[component]
pub fn QueuePage(client: ClientId, reader: Reader, #[prop(into)] on_rest: Callback<()>) -> impl IntoView {
    let console = Console::get();
    let queue = Queue::new(console, client, reader);
    let orders = queue.orders;
    effect(move || {
        queue.query.track();
        queue.load();
    });
    effect(move || {
        if !orders.is_awaited() {
            on_rest.run(());
        }
    });
    keep_fresh(queue);
    let title = move || queue.query.with(rules::title);
    effect(move || page::set_title(&[title(), " · Orders"].concat()));
    let total = text(move || {
        orders.with(|orders| {
            orders
                .value
                .as_ref()
                .map(|page| rules::count(page.total))
                .unwrap_or_default()
        })
    });
    let as_of = text(move || {
        let at = orders.with(|orders| orders.as_of);
        at.map(|at| ["as of ", &intl::at(at, Style::Seconds)].concat())
            .unwrap_or_default()
    });
    let about = Signal::derive(move || About {
        client: Some(queue.client().as_str().to_owned()),
        order: None,
    });
    let create = when(
        move || console.may(Permission::OrdersCreate),
        move || view! { <a class="btn primary" href=routes::new_order(&queue.client())><Icon name="plus"/>"New order"</a> },
    );
    view! {
        <div class="queue">
            {views(queue)}
            <section class="queue-main" aria-labelledby="queue-title">
                <header class="queue-head">
                    <h1 id="queue-title">{text(move || title().to_owned())}</h1>
                    <span class="count num">{total}</span>
                    <span class="asof num" role="status">{as_of}</span>
                    <button class="btn quiet square" type="button" aria-label="Read again" title="Read again" on:click=move |_| queue.load()>
                        <Icon name="refresh"/>
                    </button>
                    {create}
                </header>
                {toolbar(queue)}
                <FailureNote failure=orders.failure() about again=move |()| queue.load()/>
                {table(queue)}
                {pager(queue)}
            </section>
        </div>
    }
}

fn keep_fresh(queue: Queue) {
    let console = queue.console;
    console.on_return(move || {
        if queue.orders.is_due(rules::is_due_on_return) {
            queue.load();
        }
    });
    console.every(rules::BEAT_MS, move || {
        let has_lapsed = console.session.is_lapsed_now();
        let rule = |orders: &_, now| rules::is_due_on_beat(orders, has_lapsed, now);
        if queue.orders.is_due(rule) {
            queue.load();
        }
    });
}
