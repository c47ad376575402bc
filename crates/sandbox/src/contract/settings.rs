//! What can be changed while the server runs: the switches of the contract's optional abilities, and
//! how everybody else in the world behaves.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::{FieldError, Problem};
use crate::state::AppState;

/// Where the refresh token travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RefreshTransport {
    Cookie,
    Body,
}

/// The live switches. Read once per request, so that one request never sees two settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub refresh_transport: RefreshTransport,
    /// Whether `expectedVersion` is honoured.
    pub fence: bool,
    /// Whether `Idempotency-Key` is honoured.
    pub idempotency_key: bool,
    /// How long new history entries and payment records stay invisible.
    pub history_lag_ms: u64,
    pub access_token_ttl_seconds: u64,
    pub refresh_token_ttl_seconds: u64,
    /// Told to the console by `config.json`; the server itself does not use it.
    pub settle_window_ms: u64,
    /// Told to the console by `config.json`; the server itself does not use it.
    pub request_timeout_ms: u64,
    /// How vendors answer by themselves when they are given an order or a counter-offer.
    pub vendors_answer: VendorsAnswer,
    pub vendor_delay_ms: u64,
    /// How long an agency's portal takes with a report; a CrossCheck takes as long.
    pub agency_delay_ms: u64,
    pub agency_outcome: AgencyOutcome,
    /// How long money takes that does not move at once.
    pub payment_delay_ms: u64,
    /// Whether every charge is declined, whatever the loan's own method says.
    pub charges_decline: bool,
    /// Whether borrowers open what they are sent and pay the links they get.
    pub borrower_acts: bool,
}

/// What vendors do on their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VendorsAnswer {
    Off,
    Accept,
    Decline,
    Counter,
}

/// What an agency's portal says of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AgencyOutcome {
    /// By the report, the same each time.
    Mixed,
    Successful,
    SuccessfulWithWarnings,
    NotSuccessful,
    /// Not successful, and not to be overridden.
    HardStop,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            refresh_transport: RefreshTransport::Cookie,
            fence: true,
            idempotency_key: true,
            history_lag_ms: 0,
            access_token_ttl_seconds: 300,
            refresh_token_ttl_seconds: 8 * 3600,
            settle_window_ms: 120_000,
            request_timeout_ms: 30_000,
            vendors_answer: VendorsAnswer::Off,
            vendor_delay_ms: 2_000,
            agency_delay_ms: 3_000,
            agency_outcome: AgencyOutcome::Mixed,
            payment_delay_ms: 3_000,
            charges_decline: false,
            borrower_acts: false,
        }
    }
}

/// A day: longer lags, lives or windows only hide mistakes.
const MAX_MS: u64 = 86_400_000;
const MAX_TTL_SECONDS: u64 = 30 * 86_400;

/// Changes the settings that `change` (a JSON object) names; all or none.
pub fn patch(state: &AppState, change: &Value) -> Result<Settings, Problem> {
    let Some(object) = change.as_object() else {
        return Err(Problem::field("", "Send a JSON object with settings."));
    };
    let mut settings = state.settings();
    let mut errors = Vec::new();
    for (name, value) in object {
        if let Err(message) = apply(&mut settings, name, value) {
            errors.push(FieldError {
                field: name.clone(),
                message: message.to_owned(),
            });
        }
    }
    if errors.is_empty() {
        state.replace_settings(settings.clone());
        Ok(settings)
    } else {
        Err(Problem::validation(errors))
    }
}

fn apply(settings: &mut Settings, name: &str, value: &Value) -> Result<(), &'static str> {
    match name {
        "refreshTransport" => {
            settings.refresh_transport = choice(value, "Must be \"cookie\" or \"body\".")?;
        }
        "fence" => settings.fence = boolean(value)?,
        "idempotencyKey" => settings.idempotency_key = boolean(value)?,
        "historyLagMs" => settings.history_lag_ms = within(value, 0, MAX_MS)?,
        "accessTokenTtlSeconds" => {
            settings.access_token_ttl_seconds = within(value, 1, MAX_TTL_SECONDS)?;
        }
        "refreshTokenTtlSeconds" => {
            settings.refresh_token_ttl_seconds = within(value, 1, MAX_TTL_SECONDS)?;
        }
        "settleWindowMs" => settings.settle_window_ms = within(value, 0, MAX_MS)?,
        "requestTimeoutMs" => settings.request_timeout_ms = within(value, 1, MAX_MS)?,
        "vendorsAnswer" => {
            settings.vendors_answer = choice(value, "Must be \"off\", \"accept\", \"decline\" or \"counter\".")?;
        }
        "vendorDelayMs" => settings.vendor_delay_ms = within(value, 0, MAX_MS)?,
        "agencyDelayMs" => settings.agency_delay_ms = within(value, 0, MAX_MS)?,
        "agencyOutcome" => {
            let hint =
                "Must be \"mixed\", \"successful\", \"successfulWithWarnings\", \"notSuccessful\" or \"hardStop\".";
            settings.agency_outcome = choice(value, hint)?;
        }
        "paymentDelayMs" => settings.payment_delay_ms = within(value, 0, MAX_MS)?,
        "chargesDecline" => settings.charges_decline = boolean(value)?,
        "borrowerActs" => settings.borrower_acts = boolean(value)?,
        _ => return Err("There is no such setting."),
    }
    Ok(())
}

fn choice<T: DeserializeOwned>(value: &Value, hint: &'static str) -> Result<T, &'static str> {
    T::deserialize(value).map_err(|_| hint)
}

fn boolean(value: &Value) -> Result<bool, &'static str> {
    value.as_bool().ok_or("Must be true or false.")
}

fn within(value: &Value, least: u64, most: u64) -> Result<u64, &'static str> {
    value
        .as_u64()
        .filter(|number| (least..=most).contains(number))
        .ok_or("Must be a whole number within the allowed range.")
}
