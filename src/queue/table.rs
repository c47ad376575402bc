//! The rows, their head, and the pager.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::order::Summary;
use omnival_core::queue::{PAGE_SIZE, Query};
use omnival_core::time::Timestamp;
use omnival_wire::order::Page;

use crate::api::Remote;
use crate::order::status_badge;
use crate::parts::Icon;
use crate::platform::clock;
use crate::platform::intl::{self, Style};
use crate::routes;

const DAY_MS: i64 = 86_400_000;

/// Columns: class, label, and the key by which the API sorts them.
const COLUMNS: [(&str, &str, Option<&str>); 7] = [
    ("c-order", "Order", Some("orderNumber")),
    ("c-borrower", "Borrower", Some("borrower")),
    ("c-loan", "Loan", None),
    ("c-status", "Status", Some("status")),
    ("c-vendor", "Vendor", Some("vendor")),
    ("c-due", "Due", Some("dueDate")),
    ("c-updated", "Changed", Some("updatedAt")),
];

#[component]
pub fn Table(
    query: Memo<Query>,
    orders: Remote<Page>,
    go: Callback<(Query, bool)>,
    title: Memo<&'static str>,
) -> impl IntoView {
    let heads = COLUMNS
        .into_iter()
        .map(|(class, label, key)| head(class, label, key, query, go))
        .collect_view();
    let rows = move || orders.with(|orders| orders.value.as_ref().map(|page| page.rows.clone()).unwrap_or_default());
    let waiting = move || orders.is_awaited();
    let empty = move || orders.with(|orders| orders.value.as_ref().is_some_and(|page| page.rows.is_empty()));
    let busy = move || {
        if orders.with(|orders| orders.loading) {
            "true"
        } else {
            "false"
        }
    };
    let total = move || orders.with(|orders| orders.value.as_ref().map(|page| page.total.to_string()));
    view! {
        <table class="table orders" role="table" aria-busy=busy aria-rowcount=total>
            <caption class="vh">{title}", page " {move || query.get().page}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">
                <Show when=waiting><Waiting/></Show>
                <For each=rows key=|row| (row.at.order.clone(), row.updated_at) children=row/>
            </tbody>
        </table>
        <Show when=empty>
            <div class="empty">
                <Icon name="search"/>
                <h2>"No orders match"</h2>
                <p>{move || if query.get().is_filtered() { "Clear the search and the filters, or choose another view." } else { "Nothing waits in this view now. Choose another one." }}</p>
            </div>
        </Show>
    }
}

fn head(
    class: &'static str,
    label: &'static str,
    key: Option<&'static str>,
    query: Memo<Query>,
    go: Callback<(Query, bool)>,
) -> impl IntoView {
    let sorted = move || key.and_then(|key| query.get().is_sorted_by(key));
    let state = move || sorted().map(|ascending| if ascending { "ascending" } else { "descending" });
    let content = match key {
        None => label.into_any(),
        Some(key) => view! {
            <button class="sort" type="button" on:click=move |_| go.run((query.get_untracked().sorted_by(key), true))>
                {label}
                {move || match sorted() {
                    Some(true) => view! { <Icon name="sort-asc"/> },
                    Some(false) => view! { <Icon name="sort-desc"/> },
                    None => view! { <Icon name="sort"/> },
                }}
            </button>
        }
        .into_any(),
    };
    view! { <th role="columnheader" scope="col" class=class aria-sort=state>{content}</th> }
}

#[component]
fn Waiting() -> impl IntoView {
    let cell = |class: &'static str| view! { <td role="cell" class=class><span class="skel" data-w="m"></span><span class="skel sub" data-w="s"></span></td> };
    (0..12)
        .map(|_| view! { <tr class="skeleton" role="row">{COLUMNS.into_iter().map(|(class, ..)| cell(class)).collect_view()}</tr> })
        .collect_view()
}

fn row(row: Summary) -> impl IntoView {
    let href = routes::order(&row.at);
    let number = row.number.unwrap_or_else(|| "Draft".to_owned());
    let (due, urgency, how_long) = due(
        row.due_date.as_deref(),
        row.due_at,
        row.status.is_active(),
        clock::wall(),
    );
    let (ago, changed) = match row.updated_at {
        Some(at) => (intl::relative(at, clock::wall()), intl::at(at, Style::Cell)),
        None => (String::new(), String::new()),
    };
    let full = row.updated_at.map(|at| intl::at(at, Style::Full));
    let address = row.address.clone();
    let ball = ["Ball: ", row.status.ball().label()].concat();
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="c-order"><a class="num" href=href>{number}</a><span class="sub clip">{row.product}</span></th>
            <td role="cell" class="c-borrower"><span class="clip">{row.borrower}</span><span class="sub clip" title=address>{row.address}</span></td>
            <td role="cell" class="c-loan"><span class="num clip">{row.loan_number}</span><span class="sub clip">{row.branch}</span></td>
            <td role="cell" class="c-status">{status_badge(row.status)}<span class="sub clip">{ball}</span></td>
            <td role="cell" class="c-vendor">{or_none(row.vendor)}</td>
            <td role="cell" class="c-due"><span class="due num" data-urgency=urgency>{due}</span><span class="sub">{how_long}</span></td>
            <td role="cell" class="c-updated"><span class="num">{ago}</span><span class="sub num clip" title=full>{changed}</span></td>
        </tr>
    }
}

/// Something, or a dash with a word for the ear.
pub fn or_none(text: Option<String>) -> impl IntoView {
    match text {
        Some(text) => view! { <span class="clip">{text}</span> }.into_any(),
        None => view! { <span class="muted" aria-hidden="true">"–"</span><span class="vh">"none"</span> }.into_any(),
    }
}

/// The due day, how urgent it is, and how far away.
pub fn due(date: Option<&str>, at: Option<Timestamp>, active: bool, now: Timestamp) -> (String, &'static str, String) {
    let text = date.map(intl::day).unwrap_or_default();
    let Some(at) = at.filter(|_| active) else {
        return (text, "none", String::new());
    };
    let left = at.0 - now.0;
    let urgency = if left < 0 {
        "late"
    } else if left <= 2 * DAY_MS {
        "soon"
    } else {
        "none"
    };
    let words = intl::relative(at, now);
    let words = if left < 0 { ["late: ", &words].concat() } else { words };
    (text, urgency, words)
}

#[component]
pub fn Pager(client: Memo<ClientId>, query: Memo<Query>, orders: Remote<Page>) -> impl IntoView {
    let pages = move || {
        orders.with(|orders| {
            let page = orders.value.as_ref()?;
            let first = (page.page - 1).saturating_mul(page.page_size) + 1;
            let last = first - 1 + u32::try_from(page.rows.len()).unwrap_or(0);
            (page.total > 0).then(|| (first, last, page.total))
        })
    };
    let range = move || {
        pages().map(|(first, last, total)| {
            [&first.to_string(), "–", &last.to_string(), " of ", &total.to_string()].concat()
        })
    };
    let to = move |page: u32| routes::orders(&client.get(), &query.get().with_page(page));
    let previous = move || (query.get().page > 1).then(|| to(query.get().page - 1));
    let next = move || {
        pages()
            .filter(|(_, last, total)| last < total && *last >= PAGE_SIZE)
            .map(|_| to(query.get().page + 1))
    };
    let off = |href: Option<String>| href.is_none().then_some("true");
    view! {
        <nav class="pager" aria-label="Pages">
            <span class="num">{range}</span>
            <a class="btn small" rel="prev" href=previous aria-disabled=move || off(previous())>"Previous"</a>
            <a class="btn small" rel="next" href=next aria-disabled=move || off(next())>"Next"</a>
        </nav>
    }
}
