//! Orders like the one that is being written: read as soon as a loan is chosen or an address stands, shown by name, and
//! asked about where another one for the same loan and product is in the works.
//!
//! The check delays a creation by no more than its own reading, and a reading that failed is told, never hidden.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::draft::duplicates::{Asked, Own, Twin, search_for, twins, unanswered};
use omnival_core::ids::{ClientId, LoanId, OrderId};
use omnival_core::order::Summary;
use omnival_core::queue::Query;
use omnival_headless::drafts::{Compared, Place, by_loan, by_place, nothing_found, only_newest, place};
use omnival_headless::endpoint;
use omnival_wire::order::{self as decode, Page};

use super::form::{Form, FormError};
use super::form_choices::FormChoices;
use crate::api::{Api, Remote};
use crate::console::{Console, FailureNote};
use crate::navigation::routes;
use crate::platform::{clock, task};
use crate::records::status_badge;
use crate::ui::Icon;
use crate::ui::live::{effect, flag, live, when};

const REST_MS: u32 = 400;
/// The id of the box that is ticked to create another one.
const TICK: &str = "all-the-same";

/// A handle to one form's check.
#[derive(Clone, Copy)]
pub struct Duplicates {
    form: Form,
    choices: FormChoices,
    api: Api,
    client: StoredValue<ClientId>,
    /// Whether this form creates an order. One that is edited is only told of others.
    creates: bool,
    of_loan: Remote<Vec<Summary>>,
    at_place: Remote<Page>,
    place: Memo<Option<Place>>,
    /// The place that `at_place` is, or will be, the answer for.
    asked: RwSignal<Option<Place>>,
    found: Memo<Vec<Twin>>,
    /// The orders in spite of which another one is created.
    agreed: RwSignal<Vec<OrderId>>,
}

impl Duplicates {
    /// `own` is the order that is edited, if it is one.
    pub fn new(form: Form, choices: FormChoices, client: ClientId, own: Option<OrderId>) -> Self {
        let (of_loan, at_place): (Remote<Vec<Summary>>, Remote<Page>) = (Remote::new(), Remote::new());
        let text = move |field: F| form.signal(field).get().trim().to_owned();
        let place = Memo::new(move |_| place(text));
        let creates = own.is_none();
        let found = Memo::new(move |_| {
            let (loan, street, zip) = (text(F::Loan), text(F::Street), text(F::Zip));
            let product = choices.product(&text(F::Product)).map(|product| product.name);
            let reference = form.reference.get();
            let asked = Asked {
                loan: &loan,
                product: product.as_deref(),
                street: &street,
                zip: &zip,
                own: own.as_ref().map_or(Own::Reference(&reference), Own::Order),
            };
            let of_loan = of_loan.value().unwrap_or_default();
            let at_place = at_place.value().map(|page| page.rows).unwrap_or_default();
            twins(asked, of_loan.into_iter().chain(at_place))
        });
        let duplicates = Self {
            form,
            choices,
            api: Console::get().api,
            client: StoredValue::new(client),
            creates,
            of_loan,
            at_place,
            place,
            asked: RwSignal::new(None),
            found,
            agreed: RwSignal::new(Vec::new()),
        };
        duplicates.follow_loan();
        duplicates.follow_place();
        // Signing in again reads what could not be read before.
        Console::get().on_return(move || {
            if of_loan.has_failed_now() {
                duplicates.read_loan();
            }
            if at_place.has_failed_now() {
                duplicates.read_place();
            }
        });
        duplicates
    }

    fn follow_loan(self) {
        let read = StoredValue::new(String::new());
        effect(move || {
            let loan = self.form.signal(F::Loan).get();
            // What was sent is being looked for by its reference; until that is settled, nothing can be created anyway.
            if self.form.sent.with(Option::is_some) || read.with_value(|read| *read == loan) {
                return;
            }
            read.set_value(loan);
            self.read_loan();
        });
    }

    fn read_loan(self) {
        let loan = self.form.get(F::Loan);
        self.of_loan.clear();
        if !loan.is_empty() {
            let call = self
                .client
                .with_value(|client| endpoint::loan_orders(client, &LoanId::new(&loan)));
            self.of_loan.load(self.api, call, decode::summaries);
        }
    }

    /// An address is looked for once it has rested.
    fn follow_place(self) {
        effect(move || {
            let place = self.place.get();
            if place.is_none() {
                self.asked.set(None);
                self.at_place.clear();
                return;
            }
            task::spawn(async move {
                clock::sleep(REST_MS).await;
                if self.place.try_get_untracked() == Some(place) {
                    self.hurry();
                }
            });
        });
    }

    /// Looks for the address as it stands, unless that is done or under way.
    pub fn hurry(self) {
        let place = self.place.get_untracked();
        if self.asked.get_untracked() != place {
            self.read_place();
        }
    }

    fn read_place(self) {
        let place = self.place.get_untracked();
        self.asked.set(place.clone());
        self.at_place.clear();
        let Some((street, _)) = place else { return };
        let query = Query {
            search: search_for(&street),
            ..Query::default()
        };
        let call = self.client.with_value(|client| endpoint::orders(client, &query));
        self.at_place.load(self.api, call, decode::page);
    }

    /// Something that may bring a duplicate is still being read.
    pub fn is_pending(self) -> bool {
        let chosen = self.form.signal(F::Product).with(|product| !product.is_empty());
        self.place.get() != self.asked.get()
            || self.of_loan.with(|loaded| loaded.loading)
            || self.at_place.with(|loaded| loaded.loading)
            || (chosen && self.choices.products.is_awaited())
    }

    fn by_loan(self) -> Compared {
        self.of_loan.with(by_loan)
    }

    fn by_place(self) -> Compared {
        self.at_place.with(by_place)
    }

    fn is_open(self) -> bool {
        self.creates
            && self
                .found
                .with(|found| self.agreed.with(|agreed| unanswered(found, agreed)))
    }

    /// How much the operator is still asked, for the list of steps.
    pub fn questions(self) -> Signal<usize> {
        Signal::derive(move || usize::from(self.is_open()))
    }

    /// What is to be answered before anything is created.
    pub fn asks(self) -> Option<FormError> {
        untrack(|| self.is_open()).then(|| FormError {
            text:
                "Such an order exists already: look at it, then tick “Create it all the same” if another one is meant."
                    .to_owned(),
            at: Some(TICK),
        })
    }

    fn answer(self, agrees: bool) {
        let asked_about = |found: &Vec<Twin>| {
            let asked = found.iter().filter(|twin| twin.is_asked_about());
            asked.map(|twin| twin.order.at.order.clone()).collect()
        };
        let agreed = if agrees {
            self.found.with_untracked(asked_about)
        } else {
            Vec::new()
        };
        self.agreed.set(agreed);
        self.form
            .others
            .update(|others| others.retain(|other| other.at != Some(TICK)));
    }

    /// The check as a part of the review.
    pub fn panel(self) -> AnyView {
        let about = Signal::derive(move || self.choices.about());
        let list = live(move || self.found.with(|found| (!found.is_empty()).then(|| records(found))));
        let nothing = live(move || {
            if !self.found.with(Vec::is_empty) {
                return ().into_any();
            }
            if self.form.sent.with(Option::is_some) && self.by_loan() == Compared::NotAsked {
                let words = "Looked for once it is known what became of the draft that was sent.";
                return view! { <p class="muted">{words}</p> }.into_any();
            }
            if self.is_pending() {
                let words = "Looking for orders of the same loan and at the same address…";
                return view! { <p class="muted">{words}</p> }.into_any();
            }
            let (loan, place) = (self.by_loan(), self.by_place());
            let words = nothing_found(loan, place);
            if (loan, place) == (Compared::WithAll, Compared::WithAll) {
                view! { <p class="row"><Icon name="check"/>{words}</p> }.into_any()
            } else {
                view! { <p class="muted">{words}</p> }.into_any()
            }
        });
        let more = live(move || {
            self.at_place.with(|loaded| {
                let words = only_newest(loaded.value.as_ref()?)?;
                Some(view! { <p class="muted num">{words}</p> })
            })
        });
        let is_asked = move || self.creates && self.found.with(|found| found.iter().any(Twin::is_asked_about));
        view! {
            <div class="twins">
                <FailureNote failure=self.of_loan.failure() about again=move |()| self.read_loan()/>
                <FailureNote failure=self.at_place.failure() about again=move |()| self.read_place()/>
                <div role="status">{nothing}</div>
                {list}
                {more}
                {when(is_asked, move || self.question())}
            </div>
        }
        .into_any()
    }

    fn question(self) -> AnyView {
        let error = when(
            move || {
                self.form
                    .others
                    .with(|others| others.iter().any(|other| other.at == Some(TICK)))
            },
            || view! { <p class="error"><Icon name="alert"/><span>"Tick this, or leave it at the order that exists."</span></p> },
        );
        let agrees = flag(move || !self.is_open());
        view! {
            <div class="note" data-tone="warn">
                <Icon name="alert"/>
                <div>
                    <p class="strong">"An order for this loan and product is in the works already."</p>
                    <p>"Open it instead, or say that another one is meant."</p>
                    <label class="check">
                        <input id=TICK type="checkbox" aria-describedby="all-the-same-note" prop:checked=agrees on:change=move |event| self.answer(event_target_checked(&event))/>
                        <span>"Create it all the same"</span>
                    </label>
                    <div class="field-note" id="all-the-same-note">{error}</div>
                </div>
            </div>
        }
        .into_any()
    }
}

fn records(found: &[Twin]) -> AnyView {
    let rows: Vec<_> = found
        .iter()
        .map(|twin| {
            let order = &twin.order;
            let name = order.number.clone().unwrap_or_else(|| "Draft".to_owned());
            let what = [order.product.as_deref(), Some(order.address.as_str())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ");
            view! {
                <li data-asked=twin.is_asked_about().then_some("")>
                    <a class="num" href=routes::order(&order.at)>{name}</a>
                    {status_badge(order.status)}
                    <span class="same">{twin.words()}</span>
                    <span class="sub">{what}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="records twin-list">{rows}</ul> }.into_any()
}
