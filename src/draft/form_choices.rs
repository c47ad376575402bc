//! What the draft form chooses from: products, vendors, and the fee that follows from them.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::ids::ClientId;
use omnival_core::money::Money;
use omnival_core::order::full::Fee;
use omnival_headless::drafts::fee_question;
use omnival_headless::endpoint;
use omnival_headless::reads::Loaded;
use omnival_wire::reference::{self as decode, Choice, Product};

use super::form::Form;
use super::property_types::property_type;
use crate::api::{Api, Remote};
use crate::console::{About, Console, FailureNote};
use crate::platform::intl;
use crate::ui::live::{effect, live, when};
use crate::ui::{Icon, Skeleton};

/// A handle to one form's choices.
#[derive(Clone, Copy)]
pub struct FormChoices {
    api: Api,
    client: StoredValue<ClientId>,
    pub products: Remote<Vec<Product>>,
    pub vendors: Remote<Vec<Choice>>,
    /// Product, ZIP code and vendor, as soon as they decide a fee.
    question: Memo<Option<(String, String, String)>>,
    /// The answer to that question, never to another one.
    fee: Remote<Fee>,
}

impl FormChoices {
    pub fn new(form: Form, client: ClientId) -> Self {
        let question = Memo::new(move |_| fee_question(|field| form.signal(field).get()));
        let choices = Self {
            api: Console::get().api,
            client: StoredValue::new(client),
            products: Remote::new(),
            vendors: Remote::new(),
            question,
            fee: Remote::new(),
        };
        choices.read_products();
        choices.read_vendors();
        // Signing in again reads what could not be read before.
        Console::get().on_return(move || {
            if choices.products.has_failed_now() {
                choices.read_products();
            }
            if choices.vendors.has_failed_now() {
                choices.read_vendors();
            }
            if choices.fee.has_failed_now() {
                choices.read_fee();
            }
        });
        effect(move || {
            question.track();
            untrack(|| choices.read_fee());
        });
        choices
    }

    pub fn read_products(self) {
        let call = self.client.with_value(endpoint::products);
        self.products.load(self.api, call, decode::products);
    }

    pub fn read_vendors(self) {
        let call = self.client.with_value(endpoint::vendors);
        self.vendors.load(self.api, call, decode::choices);
    }

    /// What the order would cost, as the platform resolves it for product, ZIP code and vendor.
    fn read_fee(self) {
        self.fee.clear();
        if let Some((product, zip, vendor)) = self.question.get_untracked() {
            let call = self
                .client
                .with_value(|client| endpoint::fee(client, &product, &zip, &vendor));
            self.fee.load(self.api, call, decode::fee);
        }
    }

    /// What a failed reading was about.
    pub fn about(self) -> About {
        About {
            client: Some(self.client.with_value(|client| client.as_str().to_owned())),
            order: None,
        }
    }

    /// A field's text as a person says it: the name of what was chosen, not its key.
    pub fn words(self, field: F, text: &str) -> String {
        let name = match field {
            F::Product => self.product(text).map(|product| product.name),
            F::Vendor => self.vendor_name(text),
            F::PropertyType => Some(property_type(text).to_owned()),
            F::DueDate if !text.is_empty() => Some(intl::day(text)),
            _ => None,
        };
        name.unwrap_or_else(|| text.to_owned())
    }

    pub fn product(self, id: &str) -> Option<Product> {
        self.products.with(|products| {
            products
                .value
                .as_ref()?
                .iter()
                .find(|product| product.id == id)
                .cloned()
        })
    }

    fn vendor_name(self, id: &str) -> Option<String> {
        self.vendors.with(|vendors| {
            let vendor = vendors.value.as_ref()?.iter().find(|vendor| vendor.id == id)?;
            Some(vendor.name.clone())
        })
    }

    /// In one line, where the product is chosen.
    pub fn fee_line(self) -> AnyView {
        live(move || {
            let fee = self.fee.value()?;
            let row =
                |name: &'static str, amount: Option<&Money>| amount.map(|amount| [name, &intl::money(amount)].concat());
            let rows = [
                row("order fee ", fee.order.as_ref()),
                row("technology fee ", fee.technology.as_ref()),
                row("vendor charges ", Some(&fee.vendor)),
            ];
            let rows = rows.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let total = fee.total.as_ref()?;
            Some(view! {
                <p class="fee-preview num" role="status">
                    <Icon name="info"/>
                    <span>"Fee here: "<b>{intl::money(total)}</b>" in total ("{rows}")"</span>
                </p>
            })
        })
        .into_any()
    }

    /// Row by row, as it would be billed.
    pub fn fee_rows(self) -> AnyView {
        let rows = live(move || {
            let Some(fee) = self.fee.value() else {
                let is_asked = self.question.with(Option::is_some);
                let words = match self.fee.with(Loaded::has_failed) {
                    true => "The fee could not be read. The draft can be created without it.",
                    false if is_asked => return ().into_any(),
                    false => "Product and ZIP code decide the fee.",
                };
                return view! { <p class="muted">{words}</p> }.into_any();
            };
            let row = |name: &'static str, amount: Option<&Money>, class: &'static str| {
                amount.map(
                    |amount| view! { <div class=class><dt>{name}</dt><dd class="num">{intl::money(amount)}</dd></div> },
                )
            };
            view! {
                <dl class="facts money">
                    {row("Order fee", fee.order.as_ref(), "")}
                    {row("Technology fee", fee.technology.as_ref(), "")}
                    {row("Vendor charges", Some(&fee.vendor), "")}
                    {row("Total, as it would be billed", fee.total.as_ref(), "total")}
                </dl>
            }
            .into_any()
        });
        view! {
            {rows}
            <FailureNote failure=self.fee.failure() about=self.about() again=move |()| self.read_fee()/>
            {when(move || self.fee.with(|loaded| loaded.loading), || view! { <Skeleton lines=4/> })}
        }
        .into_any()
    }
}
