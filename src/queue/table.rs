//! The rows, their head, and the pager.

use leptos::prelude::*;
use omnival_core::order::Summary;
use omnival_core::queue::Query;
use omnival_headless::queue as rules;

use super::state::Queue;
use crate::navigation::routes;
use crate::platform::clock;
use crate::platform::intl::{self, Style};
use crate::records::due;
use crate::records::status_badge;
use crate::ui::Icon;
use crate::ui::live::{attr, attr_if, live, text, when};

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

pub fn table(queue: Queue) -> AnyView {
    let orders = queue.orders;
    let heads: Vec<_> = COLUMNS
        .into_iter()
        .map(|(class, label, key)| head(queue, class, label, key))
        .collect();
    let rows = move || orders.with(|orders| orders.value.as_ref().map(|page| page.rows.clone()).unwrap_or_default());
    let empty = move || orders.with(|orders| orders.value.as_ref().is_some_and(|page| page.rows.is_empty()));
    let busy = attr(move || Some(orders.with(|orders| orders.loading).to_string()));
    let total = attr(move || orders.with(|orders| orders.value.as_ref().map(|page| page.total.to_string())));
    let advice = move || queue.query.with(rules::advice);
    let nothing = move || {
        view! {
            <div class="empty">
                <Icon name="search"/>
                <h2>"No orders match"</h2>
                <p>{text(move || advice().to_owned())}</p>
            </div>
        }
    };
    view! {
        <table class="table orders" role="table" aria-busy=busy aria-rowcount=total>
            <caption class="vh">"Orders, page " {text(move || queue.query.get().page.to_string())}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">
                {when(move || orders.is_awaited(), waiting)}
                <For each=rows key=|row| (row.at.order.clone(), row.updated_at) children=row/>
            </tbody>
        </table>
        {when(empty, nothing)}
    }
    .into_any()
}

fn head(queue: Queue, class: &'static str, label: &'static str, key: Option<&'static str>) -> AnyView {
    let sorted = move || key.and_then(|key| queue.query.get().is_sorted_by(key));
    let state = attr(move || sorted().map(|ascending| if ascending { "ascending" } else { "descending" }.to_owned()));
    let content = match key {
        None => label.into_any(),
        Some(key) => {
            let sign = live(move || {
                let name = match sorted() {
                    Some(true) => "sort-asc",
                    Some(false) => "sort-desc",
                    None => "sort",
                };
                view! { <Icon name/> }
            });
            let sort = move |_| queue.ask(&queue.query.get_untracked().sorted_by(key));
            view! { <button class="sort" type="button" on:click=sort>{label}{sign}</button> }.into_any()
        }
    };
    view! { <th role="columnheader" scope="col" class=class aria-sort=state>{content}</th> }.into_any()
}

fn waiting() -> AnyView {
    let cell = |class: &'static str| view! { <td role="cell" class=class><span class="skel" data-w="m"></span><span class="skel sub" data-w="s"></span></td> };
    let rows: Vec<_> = (0..12)
        .map(|_| {
            let cells: Vec<_> = COLUMNS.into_iter().map(|(class, ..)| cell(class)).collect();
            view! { <tr class="skeleton" role="row">{cells}</tr> }
        })
        .collect();
    rows.into_any()
}

fn row(row: Summary) -> AnyView {
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
    let ball = ["Ball: ", row.status.next_actor().label()].concat();
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
    .into_any()
}

/// Something, or a dash with a word for the ear.
fn or_none(text: Option<String>) -> AnyView {
    match text {
        Some(text) => view! { <span class="clip">{text}</span> }.into_any(),
        None => view! { <span class="muted" aria-hidden="true">"–"</span><span class="vh">"none"</span> }.into_any(),
    }
}

pub fn pager(queue: Queue) -> AnyView {
    let orders = queue.orders;
    let range = text(move || {
        let span = orders.with(|orders| orders.value.as_ref().and_then(rules::span));
        span.map(rules::Span::words).unwrap_or_default()
    });
    let to = move |query: Option<Query>| query.map(|query| queue.link(&query));
    let previous = move || to(queue.query.with(rules::previous));
    let next = move || {
        let query = queue.query.get();
        to(orders.with(|orders| rules::next(&query, orders.value.as_ref())))
    };
    view! {
        <nav class="pager" aria-label="Pages">
            <span class="num">{range}</span>
            <a class="btn small" rel="prev" href=attr(previous) aria-disabled=attr_if(move || previous().is_none(), "true")>"Previous"</a>
            <a class="btn small" rel="next" href=attr(next) aria-disabled=attr_if(move || next().is_none(), "true")>"Next"</a>
        </nav>
    }
    .into_any()
}
