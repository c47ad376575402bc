//! What an order keeps beside its history, each list read when the part of the page that shows it is open.

use omnival_core::ids::OrderRef;
use omnival_core::order::Payment;
use omnival_core::order::full::Contact;
use omnival_core::order::records::{
    AgencyFinding, Document, Finding, InvoiceData, LogEntry, Report, Revision, Rov, Run, Sent,
};
use omnival_headless::endpoint;
use omnival_wire::order;
use omnival_wire::records::{self as decode, AgencyState, Checklist, PaymentMethod};

use crate::api::{Api, Remote};

#[derive(Clone, Copy)]
pub struct Lists {
    pub reports: Remote<Vec<Report>>,
    pub documents: Remote<Vec<Document>>,
    pub checklist: Remote<Checklist>,
    pub findings: Remote<Vec<Finding>>,
    pub runs: Remote<Vec<Run>>,
    pub revisions: Remote<Vec<Revision>>,
    pub rovs: Remote<Vec<Rov>>,
    pub borrowers: Remote<Vec<Contact>>,
    pub deliveries: Remote<Vec<Sent>>,
    pub agency: Remote<AgencyState>,
    pub agency_findings: Remote<Vec<AgencyFinding>>,
    pub invoices: Remote<InvoiceData>,
    pub methods: Remote<Vec<PaymentMethod>>,
    pub vendor_payments: Remote<Vec<Payment>>,
    pub log: Remote<Vec<LogEntry>>,
}

impl Lists {
    pub fn new() -> Self {
        Self {
            reports: Remote::new(),
            documents: Remote::new(),
            checklist: Remote::new(),
            findings: Remote::new(),
            runs: Remote::new(),
            revisions: Remote::new(),
            rovs: Remote::new(),
            borrowers: Remote::new(),
            deliveries: Remote::new(),
            agency: Remote::new(),
            agency_findings: Remote::new(),
            invoices: Remote::new(),
            methods: Remote::new(),
            vendor_payments: Remote::new(),
            log: Remote::new(),
        }
    }

    pub fn load_qc(self, api: Api, at: &OrderRef) {
        self.reports.load(api, endpoint::reports(at), decode::reports);
        self.checklist.load(api, endpoint::checklist(at), decode::checklist);
        self.load_runs(api, at);
        self.revisions.load(api, endpoint::revisions(at), decode::revisions);
        self.rovs.load(api, endpoint::rovs(at), decode::rovs);
    }

    /// CrossCheck's runs, and what they found.
    pub fn load_runs(self, api: Api, at: &OrderRef) {
        self.runs.load(api, endpoint::crosscheck_runs(at), decode::runs);
        self.findings.load(api, endpoint::findings(at), decode::findings);
    }

    pub fn load_documents(self, api: Api, at: &OrderRef) {
        self.reports.load(api, endpoint::reports(at), decode::reports);
        self.revisions.load(api, endpoint::revisions(at), decode::revisions);
        self.documents.load(api, endpoint::documents(at), decode::documents);
    }

    pub fn load_deliveries(self, api: Api, at: &OrderRef) {
        self.borrowers.load(api, endpoint::borrowers(at), decode::borrowers);
        self.deliveries.load(api, endpoint::deliveries(at), decode::deliveries);
    }

    pub fn load_agency(self, api: Api, at: &OrderRef, fha: bool) {
        let call = if fha { endpoint::ead(at) } else { endpoint::ucdp(at) };
        self.agency.load(api, call, decode::agency);
        self.reports.load(api, endpoint::reports(at), decode::reports);
    }

    pub fn load_vendor_payments(self, api: Api, at: &OrderRef) {
        self.vendor_payments
            .load(api, endpoint::vendor_payments(at), order::payments);
    }

    pub fn load_log(self, api: Api, at: &OrderRef) {
        self.log.load(api, endpoint::audit_log(at), decode::log);
    }

    pub fn load_money(self, api: Api, at: &OrderRef) {
        self.invoices
            .load(api, endpoint::invoice_data(at), decode::invoice_data);
        self.methods
            .load(api, endpoint::payment_methods(&at.client), decode::payment_methods);
    }
}
