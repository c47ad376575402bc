//! Finding the loan that an order belongs to.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::draft::steps::Step;
use omnival_core::ids::ClientId;
use omnival_headless::drafts::{label_of_loan, loan_chosen};
use omnival_headless::endpoint;
use omnival_wire::reference::{self as decode, LoanRecord};

use super::form::Form;
use super::steps::{Steps, section};
use crate::api::{Api, Remote};
use crate::console::{About, Console, FailureNote};
use crate::platform::{clock, dom, task};
use crate::ui::live::{live, steady, when};
use crate::ui::{Field, Icon, Skeleton};

const REST_MS: u32 = 200;

pub fn loan_picker(form: Form, steps: Steps, client: ClientId) -> AnyView {
    let search = Search::new(client);
    let is_picked = steady(move || form.signal(F::Loan).with(|loan| !loan.is_empty()));
    let content = live(move || {
        if is_picked.get() {
            picked(form)
        } else {
            choose(form, search)
        }
    });
    let about = "Every order belongs to a loan. Its property and borrower are taken over where nothing is entered yet.";
    section(steps, Step::Loan, "Loan", about, content.into_any())
}

/// What is looked for, and what was found. It stays while a loan is picked: whoever changes it finds their search again.
#[derive(Clone, Copy)]
struct Search {
    api: Api,
    client: StoredValue<ClientId>,
    typed: RwSignal<String>,
    turn: StoredValue<u32>,
    loans: Remote<Vec<LoanRecord>>,
}

impl Search {
    fn new(client: ClientId) -> Self {
        let search = Self {
            api: Console::get().api,
            client: StoredValue::new(client),
            typed: RwSignal::new(String::new()),
            turn: StoredValue::new(0),
            loans: Remote::new(),
        };
        search.run();
        search
    }

    fn run(self) {
        let call = endpoint::loans(&self.client.get_value(), self.typed.get_untracked().trim());
        self.loans.load(self.api, call, decode::loans);
    }

    /// Looks once the typing rests.
    fn type_text(self, text: String) {
        self.typed.set(text);
        let mine = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        task::spawn(async move {
            clock::sleep(REST_MS).await;
            if self.turn.try_get_value() == mine {
                self.run();
            }
        });
    }

    fn about(self) -> Signal<About> {
        Signal::derive(move || About {
            client: Some(self.client.get_value().as_str().to_owned()),
            order: None,
        })
    }
}

fn choose(form: Form, search: Search) -> AnyView {
    let Search { loans, typed, .. } = search;
    let item = move |loan: LoanRecord| {
        let label = label(&loan);
        let number = loan.loan.number.clone();
        let rest = label
            .strip_prefix(&number)
            .unwrap_or(&label)
            .trim_start_matches(" · ")
            .to_owned();
        view! { <li><button type="button" on:click=move |_| pick(form, &loan)><b class="num">{number}</b><span class="sub clip">{rest}</span></button></li> }
    };
    let list = move || loans.value().map(|loans| loans.into_iter().map(item).collect_view());
    let none = move || loans.with(|loans| loans.value.as_ref().is_some_and(Vec::is_empty));
    let on_typing = move |event| search.type_text(event_target_value(&event));
    view! {
        <div class="picker">
            <Field name=F::Loan.path() label="Loan" required=true error=form.error(F::Loan) hint="Search by loan number, borrower or address.">
                <input id=F::Loan.path() name="loan-search" type="search" maxlength="100" autocomplete="off" prop:value=typed on:input=on_typing/>
            </Field>
            <FailureNote failure=loans.failure() about=search.about() again=move |()| search.run()/>
            {when(move || loans.is_awaited(), || view! { <Skeleton lines=4/> })}
            {when(none, || view! { <p class="muted" role="status">"No loan matches. Check the number, or ask for the loan to be entered first."</p> })}
            <ul class="picker-list" aria-label="Loans">{live(list)}</ul>
        </div>
    }
    .into_any()
}

/// The button stands in for the field: what is wrong with the loan leads to it.
fn picked(form: Form) -> AnyView {
    let change = move |_| {
        form.loan_label.set(String::new());
        form.typed(F::Loan, String::new());
        request_animation_frame(|| {
            dom::focus(F::Loan.path());
        });
    };
    let refused = form.error(F::Loan);
    let error = live(move || {
        refused
            .get()
            .map(|text| view! { <p class="error"><Icon name="alert"/><span>{text}</span></p> })
    });
    view! {
        <div class="picked">
            <div>{form.loan_label}</div>
            <button id=F::Loan.path() class="btn quiet small" type="button" aria-describedby="loanId-note" on:click=change>"Change"</button>
        </div>
        <div class="field-note" id="loanId-note">{error}</div>
    }
    .into_any()
}

/// The loan of an order that exists: it stays.
pub fn loan_known(form: Form, steps: Steps) -> AnyView {
    let content = view! { <div class="picked"><div id=F::Loan.path() tabindex="-1">{form.loan_label}</div></div> };
    let about = "An order stays with its loan. For another loan, begin a new order like this one.";
    section(steps, Step::Loan, "Loan", about, content.into_any())
}

fn label(loan: &LoanRecord) -> String {
    label_of_loan(&loan.loan, loan.property.as_ref())
}

/// Takes the loan, and what it knows for fields that are still empty.
fn pick(form: Form, loan: &LoanRecord) {
    form.loan_label.set(label(loan));
    form.fill_all(&loan_chosen(&form.fields(), loan));
    form.typed(F::Loan, loan.id.as_str().to_owned());
}
