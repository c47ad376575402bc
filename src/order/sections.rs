//! The work on an active order, part by part: what is there, what can be done next, and why the rest cannot.
//!
//! A part is open while it is its turn, or when the operator opens it; only then is it read. Must not know what its parts
//! are about.

#![deny(clippy::wildcard_enum_match_arm)]

use leptos::prelude::*;
use omnival_core::ids::OrderRef;
use omnival_core::order::{Gate, Order, Section, Status, Step};
use omnival_core::words::PaymentStatus;

use super::OrderState;
use super::step_buttons::{closed_steps, step_buttons};
use super::steps::{self, agency, delivery, documents, inspection, money, qc, terms, vendor};
use crate::platform::dom;
use crate::ui::Icon;
use crate::ui::live::{attr, effect, live, steady, when};

/// One section's part of the page.
#[derive(Clone, Copy)]
struct Part {
    title: &'static str,
    /// Reads what it shows.
    load: fn(OrderState, &OrderRef),
    /// Is all there that a verdict on its steps would be judged against?
    ready: fn(OrderState) -> bool,
    view: fn(OrderState) -> AnyView,
}

impl Part {
    const fn new(
        title: &'static str,
        load: fn(OrderState, &OrderRef),
        ready: fn(OrderState) -> bool,
        view: fn(OrderState) -> AnyView,
    ) -> Self {
        Self {
            title,
            load,
            ready,
            view,
        }
    }
}

/// None for the order as a whole, whose steps stand above the sections.
fn part(section: Section) -> Option<Part> {
    Some(match section {
        Section::Order => return None,
        Section::Vendor => Part::new("Vendor", vendor::load, |_| true, vendor::view),
        Section::Inspection => Part::new("Inspection", |_, _| (), |_| true, inspection::view),
        Section::Documents => Part::new(
            "Report and documents",
            documents::load,
            documents::ready,
            documents::view,
        ),
        Section::Report => Part::new("Report and QC", qc::load, qc::ready, qc::view),
        Section::Delivery => Part::new("Delivery", delivery::load, delivery::ready, delivery::view),
        Section::Agency => Part::new("Agency submission", agency::load, agency::ready, agency::view),
        Section::Money => Part::new("Invoice and payment", money::load, money::ready, money::view),
        Section::Notes => Part::new("Terms and notes", terms::load, |_| true, terms::view),
    })
}

/// Is it this section's turn?
fn is_turn(section: Section, order: &Order) -> bool {
    use Status as S;
    match section {
        Section::Vendor => matches!(order.status, S::Assigned | S::AcceptedWithConditions),
        Section::Inspection => matches!(order.status, S::Accepted | S::InProgress | S::InspectionScheduled),
        Section::Documents => matches!(
            order.status,
            S::InspectionCompleted | S::RevisionRequested | S::ClientRevisionRequested
        ),
        Section::Report => matches!(order.status, S::ReportSubmitted | S::RovBorrower | S::RovClient),
        Section::Delivery => order.status == S::ReportAccepted && !is_delivered(order),
        Section::Agency => {
            let agency = order.agency.as_ref();
            order.status == S::ReportAccepted
                && agency.is_some_and(|agency| agency.required && !agency.status.is_success())
        }
        Section::Money => {
            let paid = order
                .payment
                .as_ref()
                .is_some_and(|payment| payment.status == PaymentStatus::Paid);
            order.status == S::ReportAccepted && is_delivered(order) && !paid
        }
        Section::Order | Section::Notes => false,
    }
}

fn is_delivered(order: &Order) -> bool {
    order.delivery.as_ref().is_some_and(|delivery| delivery.delivered)
}

/// All sections in the order of their first steps, for an order that is no draft.
pub fn sections(state: OrderState) -> AnyView {
    let is_active = move || {
        state
            .order
            .with(|order| order.value.as_ref().is_some_and(|order| order.status != Status::Draft))
    };
    let parts = move || {
        let user = state.console.user_now();
        let mut sections: Vec<Section> = Vec::new();
        for step in Step::ALL {
            let section = step.section();
            if !sections.contains(&section) && user.as_ref().is_some_and(|user| section.is_for(user)) {
                sections.push(section);
            }
        }
        let parts = sections
            .into_iter()
            .filter_map(|one| Some(room(state, one, part(one)?)));
        parts.collect_view()
    };
    view! { <div class="rooms">{when(is_active, parts)}</div> }.into_any()
}

fn room(state: OrderState, section: Section, part: Part) -> AnyView {
    let choice = RwSignal::new(None::<bool>);
    let turn = steady(move || {
        let is_turn = |order: &Order| is_turn(section, order);
        state.order.with(|order| order.value.as_ref().is_some_and(is_turn))
    });
    let is_open = Memo::new(move |_| choice.get().unwrap_or_else(|| turn.get()));
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
        if state.wanted.get() == Some(section) {
            state.wanted.set(None);
            choice.set(Some(true));
            dom::focus(&target);
        }
    });
    // Where a step is taken, the part stays open: its result may end the part's turn, and is to be read there.
    effect(move || {
        if state.asking.get().is_some_and(|step| step.section() == section) {
            choice.set(Some(true));
        }
    });
    let body = move || view! { <div class="room-body">{offered(state, section, part, turn)}{(part.view)(state)}</div> };
    view! {
        <section class="card room" data-turn=attr(move || turn.get().then(String::new))>
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
fn offered(state: OrderState, section: Section, part: Part, turn: Memo<bool>) -> AnyView {
    let gates = Memo::new(move |_| {
        let mut gates = state.steps(section);
        let ready = (part.ready)(state);
        for (step, gate) in gates.iter_mut().filter(|(_, gate)| *gate == Gate::Open) {
            let why = if ready {
                steps::closed(state, *step)
            } else {
                Some("What was done here so far is still being read, or could not be read.")
            };
            if let Some(why) = why {
                *gate = Gate::Closed(why.into());
            }
        }
        gates
    });
    let open = live(move || step_buttons(state, gates.get(), turn.get()));
    let closed = live(move || closed_steps(gates.get(), "step", "steps"));
    view! { <div class="row steps-row">{open}</div>{closed} }.into_any()
}
