//! What the draft form chooses from: products, vendors, and the fee that follows from them.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::ids::ClientId;
use omnival_core::money::Money;
use omnival_core::order::full::Fee;
use omnival_wire::reference::{self as decode, Choice, Product};

use super::fields::property_type;
use super::form::Form;
use crate::api::{Api, Remote, endpoint};
use crate::console::Console;
use crate::parts::Icon;
use crate::parts::live::{effect, live};
use crate::platform::intl;
use crate::recovery::About;

/// A handle to one form's choices.
#[derive(Clone, Copy)]
pub struct Offer {
    api: Api,
    client: StoredValue<ClientId>,
    pub products: Remote<Vec<Product>>,
    pub vendors: Remote<Vec<Choice>>,
    fee: Remote<Fee>,
}

impl Offer {
    pub fn new(form: Form, client: ClientId) -> Self {
        let offer = Self {
            api: Console::get().api,
            client: StoredValue::new(client),
            products: Remote::new(),
            vendors: Remote::new(),
            fee: Remote::new(),
        };
        offer.read_products();
        offer.read_vendors();
        // Signing in again reads what could not be read before.
        Console::get().on_return(move || {
            if offer.products.with_untracked(|loaded| loaded.failure.is_some()) {
                offer.read_products();
            }
            if offer.vendors.with_untracked(|loaded| loaded.failure.is_some()) {
                offer.read_vendors();
            }
        });
        offer.follow_fee(form);
        offer
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
    fn follow_fee(self, form: Form) {
        let question = Memo::new(move |_| {
            let text = |field| form.signal(field).get().trim().to_owned();
            let (product, zip) = (text(F::Product), text(F::Zip));
            (!product.is_empty() && zip.len() >= 5).then(|| (product, zip, text(F::Vendor)))
        });
        effect(move || {
            // The fee of another question is no answer to this one.
            self.fee.clear();
            if let Some((product, zip, vendor)) = question.get() {
                let call = self
                    .client
                    .with_value(|client| endpoint::fee(client, &product, &zip, &vendor));
                self.fee.load(self.api, call, decode::fee);
            }
        });
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
        live(move || {
            let Some(fee) = self.fee.value() else {
                return view! { <p class="muted">"Product and ZIP code decide the fee."</p> }.into_any();
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
        })
        .into_any()
    }
}
