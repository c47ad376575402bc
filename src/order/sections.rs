//! The work on an active order, part by part: what is there, what can be done next, and why the rest cannot.
//!
//! A part is open while it is its turn, or when the operator opens it; only then is it read. Must not know what its parts
//! are about.

use leptos::prelude::*;
use omnival_core::ids::OrderRef;
use omnival_core::order::{Gate, Order, Section, Status, Step, Weight};
use omnival_core::words::PaymentStatus;

use super::OrderState;
use super::steps::{agency, delivery, documents, inspection, money, qc, terms, vendor};
use crate::platform::dom;
use crate::ui::live::{attr, effect, live, when};
use crate::ui::{Disclosure, Icon};

/// One part of the work.
struct Part {
    section: Section,
    title: &'static str,
    /// Is it this part's turn?
    turn: fn(&Order) -> bool,
    /// Reads what it shows.
    load: fn(OrderState, &OrderRef),
    /// Is all there that a verdict on its steps would be judged against?
    ready: fn(OrderState) -> bool,
    view: fn(OrderState) -> AnyView,
    ask: fn(OrderState, Step),
    /// Why a step is closed that the order itself would allow: what only the part's own records tell.
    closed: fn(OrderState, Step) -> Option<&'static str>,
}

const PARTS: [Part; 8] = [
    Part {
        section: Section::Vendor,
        title: "Vendor",
        turn: |order| {
            use Status as S;
            matches!(order.status, S::Assigned | S::AcceptedWithConditions)
        },
        load: vendor::load,
        ready: |_| true,
        view: vendor::view,
        ask: vendor::ask,
        closed: |_, _| None,
    },
    Part {
        section: Section::Inspection,
        title: "Inspection",
        turn: |order| {
            matches!(
                order.status,
                Status::Accepted | Status::InProgress | Status::InspectionScheduled
            )
        },
        load: |_, _| (),
        ready: |_| true,
        view: inspection::view,
        ask: inspection::ask,
        closed: |_, _| None,
    },
    Part {
        section: Section::Documents,
        title: "Report and documents",
        turn: |order| {
            use Status as S;
            matches!(
                order.status,
                S::InspectionCompleted | S::RevisionRequested | S::ClientRevisionRequested
            )
        },
        load: documents::load,
        ready: documents::ready,
        view: documents::view,
        ask: documents::ask,
        closed: |_, _| None,
    },
    Part {
        section: Section::Report,
        title: "Report and QC",
        turn: |order| {
            use Status as S;
            matches!(order.status, S::ReportSubmitted | S::RovBorrower | S::RovClient)
        },
        load: qc::load,
        ready: qc::ready,
        view: qc::view,
        ask: qc::ask,
        closed: qc::closed,
    },
    Part {
        section: Section::Delivery,
        title: "Delivery",
        turn: |order| order.status == Status::ReportAccepted && !is_delivered(order),
        load: delivery::load,
        ready: delivery::ready,
        view: delivery::view,
        ask: delivery::ask,
        closed: |_, _| None,
    },
    Part {
        section: Section::Agency,
        title: "Agency submission",
        turn: |order| {
            let agency = order.agency.as_ref();
            order.status == Status::ReportAccepted
                && agency.is_some_and(|agency| agency.required && !agency.status.is_success())
        },
        load: agency::load,
        ready: agency::ready,
        view: agency::view,
        ask: agency::ask,
        closed: agency::closed,
    },
    Part {
        section: Section::Money,
        title: "Invoice and payment",
        turn: |order| {
            let paid = order
                .payment
                .as_ref()
                .is_some_and(|payment| payment.status == PaymentStatus::Paid);
            order.status == Status::ReportAccepted && is_delivered(order) && !paid
        },
        load: money::load,
        ready: money::ready,
        view: money::view,
        ask: money::ask,
        closed: money::closed,
    },
    Part {
        section: Section::Notes,
        title: "Terms and notes",
        turn: |_| false,
        load: terms::load,
        ready: |_| true,
        view: terms::view,
        ask: terms::ask,
        closed: |_, _| None,
    },
];

fn is_delivered(order: &Order) -> bool {
    order.delivery.as_ref().is_some_and(|delivery| delivery.delivered)
}

/// All parts, for an order that is no draft.
pub fn sections(state: OrderState) -> AnyView {
    let is_active = move || {
        state
            .order
            .with(|order| order.value.as_ref().is_some_and(|order| order.status != Status::Draft))
    };
    let parts = move || {
        let user = state.console.user_now();
        let own = PARTS
            .iter()
            .filter(|part| user.as_ref().is_some_and(|user| part.section.is_for(user)));
        own.map(|part| room(state, part)).collect_view()
    };
    view! { <div class="rooms">{when(is_active, parts)}</div> }.into_any()
}

fn room(state: OrderState, part: &'static Part) -> AnyView {
    let choice = RwSignal::new(None::<bool>);
    let turn = move || state.order.with(|order| order.value.as_ref().is_some_and(part.turn));
    let is_open = Memo::new(move |_| choice.get().unwrap_or_else(turn));
    let id = ["room-", part.title].concat().replace(' ', "-").to_lowercase();
    let controls = id.clone();
    // Read when it is opened, and again whenever the order has changed.
    let version = Memo::new(move |_| {
        state.order.with(|order| {
            let order = order.value.as_ref()?;
            Some((order.at.clone(), order.version))
        })
    });
    effect(move || {
        state.ended.track();
        if let (true, Some((at, _))) = (is_open.get(), version.get()) {
            (part.load)(state, &at);
        }
    });
    let head = [&id, "-head"].concat();
    let target = head.clone();
    effect(move || {
        if state.wanted.get() == Some(part.section) {
            state.wanted.set(None);
            choice.set(Some(true));
            dom::focus(&target);
        }
    });
    let body = move || view! { <div class="room-body">{steps(state, part, choice)}{(part.view)(state)}</div> };
    view! {
        <section class="card room" data-turn=attr(move || turn().then(String::new))>
            <h2>
                <button id=head type="button" aria-expanded=attr(move || Some(is_open.get().to_string())) aria-controls=controls
                    on:click=move |_| choice.set(Some(!is_open.get_untracked()))>
                    <Icon name="chevron"/>{part.title}
                </button>
            </h2>
            <div id=id>{when(move || is_open.get(), body)}</div>
        </section>
    }
    .into_any()
}

/// The open steps as buttons, the others with what would open them.
///
/// A part in which a step was taken stays open: its result may end the part's turn, and is to be read there.
fn steps(state: OrderState, part: &'static Part, choice: RwSignal<Option<bool>>) -> AnyView {
    let gates = Memo::new(move |_| {
        let mut gates = state.steps(part.section);
        if !(part.ready)(state) {
            for (_, gate) in gates.iter_mut().filter(|(_, gate)| *gate == Gate::Open) {
                *gate = Gate::Closed("What was done here so far is still being read, or could not be read.".into());
            }
        }
        for (step, gate) in gates.iter_mut().filter(|(_, gate)| *gate == Gate::Open) {
            if let Some(why) = (part.closed)(state, *step) {
                *gate = Gate::Closed(why.into());
            }
        }
        gates
    });
    let open = live(move || {
        let open = gates.get().into_iter().filter(|(_, gate)| *gate == Gate::Open);
        open.map(|(step, _)| {
            let is_next =
                step.weight() == Weight::Next && state.order.with(|order| order.value.as_ref().is_some_and(part.turn));
            let class = if is_next { "btn primary" } else { "btn" };
            let ask = move |_| {
                choice.set(Some(true));
                (part.ask)(state, step);
            };
            view! { <button class=class type="button" on:click=ask>{step.label()}"…"</button> }
        })
        .collect_view()
    });
    let closed = live(move || {
        let closed = gates.get().into_iter().filter_map(|(step, gate)| match gate {
            Gate::Open => None,
            Gate::Closed(why) => Some(view! { <li><b>{step.label()}</b><span>{why}</span></li> }),
        });
        let closed: Vec<_> = closed.collect();
        let count = closed.len();
        (count > 0).then(|| {
            let summary = [
                count.to_string().as_str(),
                if count == 1 { " step is" } else { " steps are" },
                " not possible now",
            ]
            .concat();
            view! { <Disclosure summary><ul class="closed-actions">{closed}</ul></Disclosure> }
        })
    });
    view! { <div class="row steps-row">{open}</div>{closed} }.into_any()
}
