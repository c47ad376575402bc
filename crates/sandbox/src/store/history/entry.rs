//! An entry of the history about to be told.

use serde::{Serialize, Serializer};

use crate::contract::status::Code;

/// What happened, without its moment. By default a person did it and the status stayed.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub(super) kind: &'a str,
    pub(super) summary: &'a str,
    pub(super) actor_id: Option<&'a str>,
    pub(super) source: &'a str,
    pub(super) to_status: Option<Code>,
    pub(super) reason: Option<&'a str>,
    pub(super) refs: Refs<'a>,
}

/// The records that an entry is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refs<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vendor_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "payment_id")]
    payment_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rov_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<&'a str>,
}

fn payment_id<S: Serializer>(seq: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    seq.map(crate::store::payments::id_of).serialize(serializer)
}

impl<'a> Entry<'a> {
    pub fn new(kind: &'a str, summary: &'a str) -> Self {
        Self {
            kind,
            summary,
            actor_id: None,
            source: "user",
            to_status: None,
            reason: None,
            refs: Refs::default(),
        }
    }

    #[must_use]
    pub fn by(mut self, user_id: &'a str) -> Self {
        self.actor_id = Some(user_id);
        self
    }

    #[must_use]
    pub fn by_automation(mut self) -> Self {
        self.source = "automation";
        self
    }

    #[must_use]
    pub fn by_partner(mut self) -> Self {
        self.source = "partner";
        self
    }

    /// The order moved to this status.
    #[must_use]
    pub fn to(mut self, status: Code) -> Self {
        self.to_status = Some(status);
        self
    }

    #[must_use]
    pub fn because(mut self, reason: &'a str) -> Self {
        self.reason = Some(reason);
        self
    }

    #[must_use]
    pub fn vendor(mut self, vendor_id: &'a str) -> Self {
        self.refs.vendor_id = Some(vendor_id);
        self
    }

    #[must_use]
    pub fn payment(mut self, seq: i64) -> Self {
        self.refs.payment_id = Some(seq);
        self
    }

    #[must_use]
    pub fn report(mut self, report_id: &'a str) -> Self {
        self.refs.report_id = Some(report_id);
        self
    }

    #[must_use]
    pub fn submission(mut self, submission_id: &'a str) -> Self {
        self.refs.submission_id = Some(submission_id);
        self
    }

    #[must_use]
    pub fn revision(mut self, revision_id: &'a str) -> Self {
        self.refs.revision_id = Some(revision_id);
        self
    }

    #[must_use]
    pub fn rov(mut self, rov_id: &'a str) -> Self {
        self.refs.rov_id = Some(rov_id);
        self
    }

    #[must_use]
    pub fn delivery(mut self, delivery_id: &'a str) -> Self {
        self.refs.delivery_id = Some(delivery_id);
        self
    }

    #[must_use]
    pub fn invoice(mut self, invoice_id: &'a str) -> Self {
        self.refs.invoice_id = Some(invoice_id);
        self
    }

    #[must_use]
    pub fn run(mut self, run_id: &'a str) -> Self {
        self.refs.run_id = Some(run_id);
        self
    }

    #[must_use]
    pub fn document(mut self, document_id: &'a str) -> Self {
        self.refs.document_id = Some(document_id);
        self
    }
}
