//! Complete documents, as the contract prints them: every field present, none null. Those of an order's own records are in
//! [`own_documents`](crate::own_documents).

use crate::own_documents as own;

pub const ORDER: &str = r#"{
  "id": "ord-000123", "orderNumber": "A-1001", "clientId": "cli-aspen", "loanId": "loan-000042", "isDraft": false,
  "statusCode": 9, "version": 12, "clientReference": "0f8fad5b-d9cb-469f-a165-70867728950e",
  "createdAt": "2026-11-01T08:00:00.000Z", "updatedAt": "2026-11-22T15:04:05.123Z",
  "product": { "id": "prd-1", "name": "1004 Single Family" },
  "loan": {
    "id": "loan-000042", "number": "LN-42", "type": "fha", "purpose": "purchase",
    "amount": { "amount": "350000.00", "currency": "USD" },
    "borrowers": [ { "name": "Dana Reyes", "email": "dana@example.com", "phone": "512-555-0142" } ]
  },
  "property": {
    "street": "12 Elm St", "unit": "4B", "city": "Austin", "county": "Travis", "state": "TX", "zip": "78701-1234",
    "type": "condo"
  },
  "contacts": [ { "role": "agent", "name": "Kit Agent", "email": "kit@example.com", "phone": "512-555-0100" } ],
  "vendor": { "id": "ven-01", "name": "Elm Appraisals", "email": "desk@elm.example", "phone": "512-555-0199" },
  "preferredVendorId": "ven-02", "assignedAt": "2026-11-02T08:00:00Z", "reassignmentCount": 2, "revisionCount": 3,
  "fee": {
    "orderFee": { "amount": "400.00", "currency": "USD" }, "technologyFee": { "amount": "50.00", "currency": "USD" },
    "vendorCharges": { "amount": "300.00", "currency": "USD" }, "total": { "amount": "450.00", "currency": "USD" }
  },
  "dueDate": "2026-12-11", "specialInstructions": "Ring twice",
  "conditions": {
    "fee": { "amount": "500.00", "currency": "USD" }, "dueDate": "2026-12-15", "notes": "Rural", "proposedBy": "vendor",
    "proposedAt": "2026-11-03T08:00:00Z"
  },
  "inspection": { "scheduledAt": "2026-11-30T09:00:00Z", "completedAt": "2026-11-30T10:00:00Z", "timeZone": "America/Chicago" },
  "hold": {
    "reason": "Awaiting access", "by": { "id": "usr-2", "name": "Ann", "role": "operations" },
    "at": "2026-11-22T15:04:05Z", "priorStatus": 14
  },
  "cancel": {
    "reason": "Loan withdrawn", "by": { "id": "usr-3", "name": "Bo", "role": "admin" }, "at": "2026-11-23T08:00:00Z",
    "feeApplied": { "amount": "25.00", "currency": "USD" }, "refunded": { "amount": "425.00", "currency": "USD" }
  },
  "delivery": { "delivered": true, "deliveredAt": "2026-11-24T08:00:00Z", "acknowledged": true, "downloadCount": 4 },
  "agency": { "portal": "ead", "required": true, "status": "successful", "documentFileId": "DF-9" },
  "payment": {
    "scenario": "chargeAtActivation", "status": "paid", "amountDue": { "amount": "0.00", "currency": "USD" },
    "paidAt": "2026-11-01T09:00:00Z"
  },
  "sla": {
    "startedAt": "2026-11-01T08:30:00Z", "respondBy": "2026-11-02T08:30:00Z", "dueAt": "2026-12-11T23:59:59Z",
    "pausedMs": 1000
  },
  "branchId": "br-1", "branchName": "Austin"
}"#;

pub const PAGE: &str = r#"{
  "items": [ {
    "id": "ord-1", "orderNumber": "A-1", "clientId": "cli-1", "loanId": "loan-1", "isDraft": false, "statusCode": 16,
    "version": 3, "productName": "1004", "loanNumber": "LN-1", "loanType": "va", "borrowerName": "Dana Reyes",
    "address": "12 Elm St, Austin", "city": "Austin", "state": "TX", "zip": "78701", "vendorId": "ven-1",
    "vendorName": "Elm Appraisals", "branchId": "br-1", "branchName": "Austin", "dueDate": "2026-12-11",
    "dueAt": "2026-12-11T23:59:59Z", "createdAt": "2026-11-01T08:00:00Z", "updatedAt": "2026-11-02T08:00:00Z",
    "assignedAt": "2026-11-02T08:00:00Z", "revisionCount": 2, "clientReference": "ref-1"
  } ],
  "page": 2, "pageSize": 50, "total": 51, "counts": { "all": 51, "qc": 3 }, "asOf": "2026-11-22T15:04:05Z"
}"#;

pub const HISTORY: &str = r#"{
  "items": [ {
    "id": "evt-2", "type": "reassigned", "occurredAt": "2026-11-22T15:04:05Z",
    "actor": { "id": "usr-2", "name": "Ann", "role": "operations" }, "source": "user", "fromStatus": 2, "toStatus": 1,
    "reason": "Too busy", "summary": "Assigned to Elm Appraisals", "correlationId": "int-1",
    "refs": { "vendorId": "ven-1", "reportId": "rep-1", "paymentId": "pay-1", "submissionId": "sub-1" }
  }, {
    "id": "evt-1", "type": "activated", "occurredAt": "2026-11-21T15:04:05Z", "actor": null, "source": "automation",
    "fromStatus": null, "toStatus": 16, "reason": null, "summary": "Activated", "correlationId": null, "refs": {}
  } ],
  "hasOlder": true, "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const PAYMENTS: &str = r#"{
  "items": [ {
    "id": "pay-1", "kind": "charge", "status": "pending", "amount": { "amount": "450.00", "currency": "USD" },
    "method": "ach", "reference": "ch_1", "occurredAt": "2026-11-22T15:04:05Z",
    "actor": { "id": "usr-2", "name": "Ann", "role": "operations" }, "source": "user", "correlationId": "int-1",
    "relatedPaymentId": null
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const SUGGESTIONS: &str = r#"{
  "items": [ {
    "id": "ven-1", "name": "Elm Appraisals", "coverage": "zip", "productMatch": true, "onPanel": true, "licensed": true,
    "capacity": { "active": 3, "limit": 10 }, "fee": { "amount": "300.00", "currency": "USD" }, "turnTimeDays": 5,
    "recentDeclines": 1, "eligible": false, "reasons": [ "Not licensed in this state.", "At its limit." ]
  } ],
  "asOf": "2026-11-22T15:04:06Z"
}"#;

pub const LOANS: &str = r#"{
  "items": [ {
    "id": "loan-1", "clientId": "cli-1", "number": "LN-1", "type": "conventional", "purpose": "refinance", "amount": null,
    "borrowers": [ { "name": "Dana Reyes", "email": null, "phone": null } ],
    "property": {
      "street": "12 Elm St", "unit": null, "city": "Austin", "county": "Travis", "state": "TX", "zip": "78701",
      "type": "singleFamily"
    },
    "branchId": "br-1"
  } ],
  "page": 1, "pageSize": 50, "total": 1
}"#;

pub const FEE: &str = r#"{
  "orderFee": { "amount": "400.00", "currency": "USD" }, "technologyFee": { "amount": "50.00", "currency": "USD" },
  "vendorCharges": { "amount": "300.00", "currency": "USD" }, "total": { "amount": "450.00", "currency": "USD" },
  "source": "county"
}"#;

pub const SESSION: &str = r#"{
  "accessToken": "acc.ess-token", "expiresIn": 300, "refreshToken": "refresh-token",
  "user": {
    "id": "usr-1", "username": "operations", "name": "Olivia Park", "role": "operations",
    "permissions": [ "orders.view", "orders.assign" ], "clients": [ { "id": "cli-1", "name": "Aspen" } ],
    "branches": [ { "id": "br-1", "name": "Austin", "clientId": "cli-1" } ], "vendorId": null
  }
}"#;

pub const PROBLEM: &str = r#"{
  "type": "about:blank", "title": "Validation failed", "status": 400, "detail": "Some fields are not right.",
  "code": "validation_failed", "errors": [ { "field": "property.zip", "message": "Five digits are needed." } ],
  "correlationId": "0f8fad5b-d9cb-469f-a165-70867728950e"
}"#;

pub const CONFIG: &str = r#"{
  "apiBase": "https://api.example.com/base", "refreshTransport": "body",
  "abilities": { "fence": true, "idempotencyKey": true }, "settleWindowMs": 90000, "requestTimeoutMs": 20000,
  "brand": { "name": "Aspen Orders" }
}"#;

/// Every document with a name.
pub const ALL: [(&str, &str); 25] = [
    ("order", ORDER),
    ("page", PAGE),
    ("history", HISTORY),
    ("payments", PAYMENTS),
    ("suggestions", SUGGESTIONS),
    ("loans", LOANS),
    ("fee", FEE),
    ("session", SESSION),
    ("problem", PROBLEM),
    ("config", CONFIG),
    ("reports", own::REPORTS),
    ("documents", own::DOCUMENTS),
    ("checklist item", own::CHECKLIST_ITEM),
    ("checklist", own::CHECKLIST),
    ("findings", own::FINDINGS),
    ("runs", own::RUNS),
    ("revisions", own::REVISIONS),
    ("rovs", own::ROVS),
    ("borrowers", own::BORROWERS),
    ("deliveries", own::DELIVERIES),
    ("agency", own::AGENCY),
    ("agency findings", own::AGENCY_FINDINGS),
    ("invoice data", own::INVOICE_DATA),
    ("payment methods", own::PAYMENT_METHODS),
    ("slots", own::SLOTS),
];
