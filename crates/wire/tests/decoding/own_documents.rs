//! Complete lists of an order's own records, as the contract prints them: every field present, none null.

pub const REPORTS: &str = r#"{
  "items": [ {
    "id": "rep-2", "version": 2, "name": "A-1001 v2.pdf", "contentType": "application/pdf", "size": 20971520,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "submittedAt": "2026-11-22T15:04:05Z",
    "submittedBy": { "id": "usr-7", "name": "Vera", "role": "vendor" }, "status": "revisionRequested",
    "correlationId": "int-rep-1"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const DOCUMENTS: &str = r#"{
  "items": [ {
    "id": "doc-1", "name": "Contract.pdf", "kind": "purchaseContract", "contentType": "application/pdf", "size": 48213,
    "uploadedAt": "2026-11-21T09:30:00Z", "uploadedBy": { "id": "usr-2", "name": "Ann", "role": "operations" },
    "access": { "vendor": true, "client": false }, "correlationId": "int-doc-1"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const CHECKLIST_ITEM: &str = r#"{
  "id": "chk-3", "section": "Sales comparison", "question": "Are the comparables recent?", "answer": "fail",
  "note": "Comparable 2 is eleven miles away.", "answeredBy": { "id": "usr-4", "name": "Quinn", "role": "qc" },
  "answeredAt": "2026-11-22T15:04:05Z"
}"#;

pub const CHECKLIST: &str = r#"{
  "reportId": "rep-2",
  "items": [ {
    "id": "chk-3", "section": "Sales comparison", "question": "Are the comparables recent?", "answer": "pass",
    "note": "All within six months.", "answeredBy": { "id": "usr-4", "name": "Quinn", "role": "qc" },
    "answeredAt": "2026-11-22T15:04:05Z"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const FINDINGS: &str = r#"{
  "items": [ {
    "id": "fnd-1", "source": "crosscheck", "severity": "critical", "code": "GLA-MISMATCH",
    "message": "The living area differs from public records.", "reportId": "rep-2", "runId": "run-1",
    "checklistItemId": "chk-3"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const RUNS: &str = r#"{
  "items": [ {
    "id": "run-1", "reportId": "rep-2", "status": "completed", "startedAt": "2026-11-22T15:04:05Z",
    "startedBy": { "id": "usr-4", "name": "Quinn", "role": "qc" }, "completedAt": "2026-11-22T15:05:00Z",
    "correlationId": "int-run-1", "findings": []
  } ],
  "asOf": "2026-11-22T15:05:06Z"
}"#;

pub const REVISIONS: &str = r#"{
  "items": [ {
    "id": "rev-1", "reportId": "rep-1", "type": "additionalComparables", "reason": "Two more sales are needed.",
    "source": "client", "requestedBy": { "id": "usr-5", "name": "Clara", "role": "client" },
    "requestedAt": "2026-11-20T10:00:00Z", "checklistItemIds": [ "chk-3" ], "resolvedByReportId": "rep-2",
    "correlationId": "int-rev-1"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const ROVS: &str = r#"{
  "items": [ {
    "id": "rov-1", "party": "borrower", "reason": "Three nearby sales were left out.",
    "comparables": [ {
      "address": "14 Elm St", "saleDate": "2026-09-30", "salePrice": { "amount": "612000.00", "currency": "USD" },
      "note": "Same plan"
    } ],
    "reportId": "rep-2", "submittedBy": { "id": "usr-2", "name": "Ann", "role": "operations" },
    "submittedAt": "2026-11-20T10:00:00Z", "status": "approved",
    "decision": {
      "by": { "id": "usr-4", "name": "Quinn", "role": "qc" }, "at": "2026-11-21T10:00:00Z", "note": "The sales are closer.",
      "correlationId": "int-dec-1"
    },
    "priorStatus": 13, "correlationId": "int-rov-1"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const BORROWERS: &str = r#"{
  "items": [ { "name": "Dana Reyes", "email": "dana@example.com" } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const DELIVERIES: &str = r#"{
  "items": [ {
    "id": "dlv-1", "to": "borrower", "name": "Dana Reyes", "email": "dana@example.com", "reportId": "rep-2",
    "sentAt": "2026-11-22T08:00:00Z", "sentBy": { "id": "usr-2", "name": "Ann", "role": "operations" },
    "acknowledgedAt": "2026-11-22T09:00:00Z", "downloads": 3, "correlationId": "int-dlv-1"
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const AGENCY: &str = r#"{
  "portal": "ucdp", "required": true,
  "submissions": [ {
    "id": "sub-1", "portal": "ucdp", "reportId": "rep-2", "appraisalNumber": 2, "status": "overrideRequested",
    "files": [ {
      "gse": "fannieMae", "documentFileId": "1100A2B3C4", "status": "notSuccessful",
      "ssrUrl": "https://portal.example.com/ssr/1"
    }, {
      "gse": "freddieMac", "documentFileId": "1100A2B3C5", "status": "successfulWithWarnings",
      "ssrUrl": "https://portal.example.com/ssr/2"
    } ],
    "submittedAt": "2026-11-22T08:00:00Z", "submittedBy": { "id": "usr-2", "name": "Ann", "role": "operations" },
    "completedAt": "2026-11-22T08:10:00Z", "correlationId": "int-sub-1",
    "overrides": [ {
      "findingId": "agf-1", "reasonCode": "R07", "comment": "Verified by phone",
      "by": { "id": "usr-3", "name": "Bo", "role": "admin" }, "at": "2026-11-22T09:00:00Z", "correlationId": "int-ovr-1"
    } ]
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const AGENCY_FINDINGS: &str = r#"{
  "submission": {
    "id": "sub-1", "portal": "ucdp", "reportId": "rep-2", "appraisalNumber": 1, "status": "notSuccessful",
    "files": [ {
      "gse": "fannieMae", "documentFileId": "1100A2B3C4", "status": "notSuccessful",
      "ssrUrl": "https://portal.example.com/ssr/1"
    } ],
    "submittedAt": "2026-11-22T08:00:00Z", "submittedBy": { "id": "usr-2", "name": "Ann", "role": "operations" },
    "completedAt": "2026-11-22T08:10:00Z", "correlationId": "int-sub-1", "overrides": []
  },
  "findings": [ {
    "id": "agf-1", "code": "FNM0083", "severity": "hardStop", "message": "The property address could not be standardized.",
    "gse": "fannieMae", "overridable": true,
    "reasonCodes": [ { "code": "R07", "label": "Verified at the source" }, { "code": "R09", "label": "New construction" } ],
    "override": {
      "reasonCode": "R07", "comment": "Verified by phone", "by": { "id": "usr-3", "name": "Bo", "role": "admin" },
      "at": "2026-11-22T09:00:00Z"
    }
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const INVOICE_DATA: &str = r#"{
  "fee": {
    "orderFee": { "amount": "400.00", "currency": "USD" }, "technologyFee": { "amount": "50.00", "currency": "USD" },
    "vendorCharges": { "amount": "300.00", "currency": "USD" }, "total": { "amount": "450.00", "currency": "USD" }
  },
  "amountDue": { "amount": "425.00", "currency": "USD" }, "paid": { "amount": "25.00", "currency": "USD" },
  "invoices": [ {
    "id": "inv-1", "number": "INV-2026-0042", "billTo": "borrower", "amount": { "amount": "450.00", "currency": "USD" },
    "status": "open", "createdAt": "2026-11-22T15:04:05Z",
    "createdBy": { "id": "usr-6", "name": "Fin", "role": "finance" }, "note": "Net 30", "correlationId": "int-inv-1"
  } ],
  "gate": { "delivered": true, "approved": true },
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const PAYMENT_METHODS: &str = r#"{ "items": [ { "id": "pm-1", "name": "Bank transfer", "kind": "ach" } ] }"#;

pub const SLOTS: &str = r#"{
  "items": [ {
    "id": "slot-1", "startsAt": "2026-11-30T15:00:00Z", "endsAt": "2026-11-30T17:00:00Z", "available": true
  } ],
  "timeZone": "America/Chicago", "asOf": "2026-11-22T15:04:06Z"
}"#;
