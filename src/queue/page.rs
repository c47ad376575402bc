//! The queue's screen and its one read.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use omnival_core::ids::ClientId;
use omnival_core::queue::{Query, VIEWS};
use omnival_wire::Unreadable;
use omnival_wire::order::{self as decode, Page};

use super::table::{Pager, Table};
use super::toolbar::Toolbar;
use super::views::Views;
use crate::api::{Api, Failure, Remote, endpoint};
use crate::app::remember_client;
use crate::console::{Console, client_in_address};
use crate::parts::Icon;
use crate::platform::intl::{self, Style};
use crate::platform::{boot, page};
use crate::recovery::{About, FailureNote};
use crate::routes;

/// Coming back to the window reads again what is older than this.
const STALE_MS: u64 = 5_000;
/// And while it is looked at, every minute.
const BEAT_MS: u32 = 60_000;

#[component]
pub fn QueuePage() -> impl IntoView {
    let console = Console::get();
    let client = client_in_address(use_params_map());
    let params = use_query_map();
    let query = Memo::new(move |_| Query::from_params(|key| params.with(|params| params.get(key))));
    let orders: Remote<Page> = Remote::new();
    let navigate = use_navigate();

    let load = move || {
        let (client, query) = (client.get_untracked(), query.get_untracked());
        orders.load(read(console.api, client, query));
    };
    Effect::new(move |before: Option<ClientId>| {
        let client = client.get();
        query.track();
        if before.as_ref() != Some(&client) {
            remember_client(&client);
            orders.clear();
        }
        load();
        client
    });
    console.on_return(move || {
        if orders.is_older_than(STALE_MS) {
            load();
        }
    });
    console.every(BEAT_MS, move || {
        if !orders.with_untracked(|orders| orders.loading) && !console.keeper.is_lapsed_now() {
            load();
        }
    });

    let title = Memo::new(move |_| {
        VIEWS
            .iter()
            .find(|view| view.key == query.get().view)
            .map_or("Orders", |view| view.label)
    });
    Effect::new(move |_| page::set_title(&[title.get(), " · Orders"].concat()));
    let go = Callback::new(move |(to, replace): (Query, bool)| {
        let options = NavigateOptions {
            replace,
            scroll: !replace,
            ..NavigateOptions::default()
        };
        navigate(&routes::orders(&client.get_untracked(), &to), options);
    });
    let total = move || orders.with(|orders| orders.value.as_ref().map(|page| count(page.total, "order", "orders")));
    let as_of = move || {
        orders.with(|orders| {
            orders
                .as_of
                .map(|at| ["as of ", &intl::at(at, Style::Seconds)].concat())
        })
    };
    let about = Signal::derive(move || About {
        client: Some(client.get().as_str().to_owned()),
        order: None,
    });
    let may_create = move || console.may("orders.create");
    view! {
        <div class="queue">
            <Views client query orders/>
            <section class="queue-main" aria-labelledby="queue-title">
                <header class="queue-head">
                    <h1 id="queue-title">{title}</h1>
                    <span class="count num">{total}</span>
                    <span class="asof num" role="status">{as_of}</span>
                    <button class="btn quiet square" type="button" aria-label="Read again" title="Read again" on:click=move |_| load()>
                        <Icon name="refresh"/>
                    </button>
                    <Show when=may_create>
                        <a class="btn primary" href=move || routes::new_order(&client.get())><Icon name="plus"/>"New order"</a>
                    </Show>
                </header>
                <Toolbar client query go/>
                <FailureNote failure=orders.failure() about again=move |()| load()/>
                <Table query orders go title/>
                <Pager client query orders/>
            </section>
        </div>
    }
}

/// The boot script may have asked already, while the program was on its way.
async fn read(api: Api, client: ClientId, query: Query) -> Result<Page, Failure> {
    if let Some(first) = boot::first_orders().await {
        let path = ["/api/clients/", client.as_str(), "/orders?"].concat();
        if first.status == 200 && first.url.contains(&path) && first.url.contains("pageSize=") {
            let same = asked(&first.url) == query;
            if let (true, Ok(page)) = (same, decode::page(&first.body)) {
                return Ok(page);
            }
        }
    }
    api.repeat(endpoint::orders(&client, &query), |body| -> Result<Page, Unreadable> {
        decode::page(body)
    })
    .await
}

/// The question in a URL of the API.
fn asked(url: &str) -> Query {
    let params = url.split_once('?').map_or("", |(_, params)| params);
    Query::from_params(|key| {
        params.split('&').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name == key).then(|| crate::platform::url::decode(value))
        })
    })
}

pub fn count(number: u32, one: &str, many: &str) -> String {
    [number.to_string().as_str(), " ", if number == 1 { one } else { many }].concat()
}
