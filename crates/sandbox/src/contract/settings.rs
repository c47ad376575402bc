//! What can be changed while the server runs: the switches of the contract's optional abilities, and
//! how everybody else in the world behaves.

use serde::Serialize;
use serde_json::Value;

use crate::base::words::{Word, words};
use crate::problem::{FieldError, Problem};

words! {
    /// Where the refresh token travels.
    pub enum RefreshTransport {
        Cookie = "cookie",
        Body = "body",
    }

    /// What vendors do on their own.
    pub enum VendorsAnswer {
        Off = "off",
        Accept = "accept",
        Decline = "decline",
        Counter = "counter",
    }

    /// What an agency's portal says of a report.
    pub enum AgencyOutcome {
        /// By the report, the same each time.
        Mixed = "mixed",
        Successful = "successful",
        SuccessfulWithWarnings = "successfulWithWarnings",
        NotSuccessful = "notSuccessful",
        /// Not successful, and not to be overridden.
        HardStop = "hardStop",
    }
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
pub const MAX_MS: u64 = 86_400_000;
pub const MAX_TTL_SECONDS: u64 = 30 * 86_400;

impl Settings {
    /// These settings with those changed that `change` (a JSON object) names; all or none.
    pub fn changed(&self, change: &Value) -> Result<Self, Problem> {
        let Some(object) = change.as_object() else {
            return Err(Problem::field("", "Send a JSON object with settings."));
        };
        let mut settings = self.clone();
        let mut errors = Vec::new();
        for (name, value) in object {
            if let Err(message) = settings.apply(name, value) {
                errors.push(FieldError {
                    field: name.clone(),
                    message,
                });
            }
        }
        if errors.is_empty() {
            Ok(settings)
        } else {
            Err(Problem::validation(errors))
        }
    }

    fn apply(&mut self, name: &str, value: &Value) -> Result<(), String> {
        match name {
            "refreshTransport" => self.refresh_transport = word(value)?,
            "fence" => self.fence = boolean(value)?,
            "idempotencyKey" => self.idempotency_key = boolean(value)?,
            "historyLagMs" => self.history_lag_ms = within(value, 0, MAX_MS)?,
            "accessTokenTtlSeconds" => self.access_token_ttl_seconds = within(value, 1, MAX_TTL_SECONDS)?,
            "refreshTokenTtlSeconds" => self.refresh_token_ttl_seconds = within(value, 1, MAX_TTL_SECONDS)?,
            "settleWindowMs" => self.settle_window_ms = within(value, 0, MAX_MS)?,
            "requestTimeoutMs" => self.request_timeout_ms = within(value, 1, MAX_MS)?,
            "vendorsAnswer" => self.vendors_answer = word(value)?,
            "vendorDelayMs" => self.vendor_delay_ms = within(value, 0, MAX_MS)?,
            "agencyDelayMs" => self.agency_delay_ms = within(value, 0, MAX_MS)?,
            "agencyOutcome" => self.agency_outcome = word(value)?,
            "paymentDelayMs" => self.payment_delay_ms = within(value, 0, MAX_MS)?,
            "chargesDecline" => self.charges_decline = boolean(value)?,
            "borrowerActs" => self.borrower_acts = boolean(value)?,
            _ => return Err("There is no such setting.".to_owned()),
        }
        Ok(())
    }
}

fn word<T: Word>(value: &Value) -> Result<T, String> {
    value.as_str().and_then(T::by_name).ok_or_else(|| {
        let known: Vec<String> = T::ALL.iter().map(|word| format!("\"{}\"", word.name())).collect();
        format!("Must be one of {}.", known.join(", "))
    })
}

fn boolean(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "Must be true or false.".to_owned())
}

fn within(value: &Value, least: u64, most: u64) -> Result<u64, String> {
    value
        .as_u64()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("Must be a whole number from {least} to {most}."))
}
