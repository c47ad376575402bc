//! Orders, their histories and lists.

use crate::json::{Lenient, Unreadable, Value, parse};
use omnival_core::ids::{
    BranchId, ClientId, EntryId, LoanId, OrderId, OrderRef, PaymentId, ProductId, UserId, VendorId,
};
use omnival_core::operation::Term;
use omnival_core::order::full::{
    Agency, Cancel, Conditions, Contact, Delivery, Fee, Hold, Inspection, Loan, Order, PaymentState, Product, Property,
    Sla, Vendor,
};
use omnival_core::order::history::{Actor, Entry, Payment};
use omnival_core::order::{Status, Summary};
use omnival_core::text::holds;
use omnival_core::time::Timestamp;

/// One page of the queue.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    pub rows: Vec<Summary>,
    pub page: u32,
    pub page_size: u32,
    pub total: u32,
    pub counts: Vec<(String, u32)>,
    pub as_of: Option<Timestamp>,
}

/// Newest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct History {
    pub entries: Vec<Entry>,
    pub has_older: bool,
}

pub fn page(body: &str) -> Result<Page, Unreadable> {
    let value = parse(body)?;
    value
        .get("items")
        .and_then(Value::as_array)
        .ok_or(Unreadable("items"))?;
    Ok(Page {
        rows: value.list("items").iter().filter_map(|row| summary(row).ok()).collect(),
        page: value.count("page").max(1),
        page_size: value.count("pageSize").max(1),
        total: value.count("total"),
        counts: value
            .get("counts")
            .and_then(Value::as_object)
            .map(|counts| {
                let count = |count: &Value| count.as_i64().and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
                counts
                    .iter()
                    .map(|(view, number)| (view.clone(), count(number)))
                    .collect()
            })
            .unwrap_or_default(),
        as_of: value.stamp("asOf"),
    })
}

/// The orders of a loan.
pub fn summaries(body: &str) -> Result<Vec<Summary>, Unreadable> {
    let value = parse(body)?;
    value
        .get("items")
        .and_then(Value::as_array)
        .ok_or(Unreadable("items"))?;
    Ok(value.list("items").iter().filter_map(|row| summary(row).ok()).collect())
}

pub fn history(body: &str) -> Result<History, Unreadable> {
    let value = parse(body)?;
    value
        .get("items")
        .and_then(Value::as_array)
        .ok_or(Unreadable("items"))?;
    Ok(History {
        entries: value.list("items").iter().filter_map(|item| entry(item).ok()).collect(),
        has_older: value.flag("hasOlder"),
    })
}

pub fn payments(body: &str) -> Result<Vec<Payment>, Unreadable> {
    let value = parse(body)?;
    value
        .get("items")
        .and_then(Value::as_array)
        .ok_or(Unreadable("items"))?;
    Ok(value
        .list("items")
        .iter()
        .filter_map(|item| payment(item).ok())
        .collect())
}

pub fn order(body: &str) -> Result<Order, Unreadable> {
    let value = &parse(body)?;
    Ok(Order {
        at: at(value)?,
        number: value.owned("orderNumber"),
        status: status(value),
        version: value.int("version").and_then(|version| u64::try_from(version).ok()),
        client_reference: value.owned("clientReference"),
        created_at: value.stamp("createdAt"),
        updated_at: value.stamp("updatedAt"),
        product: value.object("product").and_then(|product| {
            Some(Product {
                id: ProductId::new(product.text("id")?),
                name: product.or_empty("name"),
            })
        }),
        loan: value.object("loan").map(loan).unwrap_or_default(),
        property: value.object("property").map(property),
        contacts: value.list("contacts").iter().map(contact).collect(),
        vendor: value.object("vendor").and_then(|vendor| {
            Some(Vendor {
                id: VendorId::new(vendor.text("id")?),
                name: vendor.or_empty("name"),
                email: vendor.owned("email"),
                phone: vendor.owned("phone"),
            })
        }),
        preferred_vendor: value.text("preferredVendorId").map(VendorId::new),
        assigned_at: value.stamp("assignedAt"),
        reassignments: value.count("reassignmentCount"),
        revisions: value.count("revisionCount"),
        fee: value.object("fee").and_then(fee),
        due_date: value.owned("dueDate"),
        instructions: value.owned("specialInstructions"),
        conditions: value.object("conditions").map(|conditions| Conditions {
            fee: conditions.money("fee"),
            due_date: conditions.owned("dueDate"),
            notes: conditions.owned("notes"),
            proposed_by: conditions.word("proposedBy"),
            proposed_at: conditions.stamp("proposedAt"),
        }),
        inspection: value.object("inspection").map(|inspection| Inspection {
            scheduled_at: inspection.stamp("scheduledAt"),
            completed_at: inspection.stamp("completedAt"),
            time_zone: inspection.owned("timeZone"),
        }),
        hold: value.object("hold").map(|hold| Hold {
            reason: hold.or_empty("reason"),
            by: hold.object("by").and_then(actor),
            at: hold.stamp("at"),
            prior: hold.int("priorStatus").and_then(|code| i32::try_from(code).ok()),
        }),
        cancel: value.object("cancel").map(|cancel| Cancel {
            reason: cancel.or_empty("reason"),
            by: cancel.object("by").and_then(actor),
            at: cancel.stamp("at"),
            fee_applied: cancel.money("feeApplied"),
            refunded: cancel.money("refunded"),
        }),
        delivery: value.object("delivery").map(|delivery| Delivery {
            delivered: delivery.flag("delivered"),
            delivered_at: delivery.stamp("deliveredAt"),
            acknowledged: delivery.flag("acknowledged"),
            downloads: delivery.count("downloadCount"),
        }),
        agency: value.object("agency").map(|agency| Agency {
            portal: agency.word("portal"),
            required: agency.flag("required"),
            status: agency.word("status"),
            document_file_id: agency.owned("documentFileId"),
        }),
        payment: value.object("payment").map(|payment| PaymentState {
            scenario: payment.word("scenario"),
            status: payment.word("status"),
            amount_due: payment.money("amountDue"),
            paid_at: payment.stamp("paidAt"),
        }),
        sla: value.object("sla").map(|sla| Sla {
            started_at: sla.stamp("startedAt"),
            respond_by: sla.stamp("respondBy"),
            due_at: sla.stamp("dueAt"),
        }),
        branch: BranchId::new(value.text("branchId").unwrap_or_default()),
        branch_name: value.or_empty("branchName"),
    })
}

fn at(value: &Value) -> Result<OrderRef, Unreadable> {
    Ok(OrderRef {
        client: ClientId::new(value.must("clientId")?),
        loan: LoanId::new(value.must("loanId")?),
        order: OrderId::new(value.must("id")?),
    })
}

/// A missing or malformed code is an unknown status, never a guess.
fn status(value: &Value) -> Status {
    let code = value
        .int("statusCode")
        .map(|code| i32::try_from(code).unwrap_or(i32::MIN));
    Status::of(value.flag("isDraft"), code)
}

fn summary(value: &Value) -> Result<Summary, Unreadable> {
    Ok(Summary {
        at: at(value)?,
        number: value.owned("orderNumber"),
        status: status(value),
        product: value.owned("productName"),
        loan_number: value.or_empty("loanNumber"),
        borrower: value.or_empty("borrowerName"),
        address: {
            let mut address = value.or_empty("address");
            for (between, key) in [(", ", "state"), (" ", "zip")] {
                if let Some(part) = value.text(key).filter(|part| !holds(&address, part)) {
                    address.push_str(between);
                    address.push_str(part);
                }
            }
            address
        },
        vendor: value.owned("vendorName"),
        branch: value.or_empty("branchName"),
        due_at: value.stamp("dueAt"),
        due_date: value.owned("dueDate"),
        updated_at: value.stamp("updatedAt"),
        revisions: value.count("revisionCount"),
        client_reference: value.owned("clientReference"),
    })
}

pub(crate) fn loan(value: &Value) -> Loan {
    Loan {
        number: value.or_empty("number"),
        kind: value.word("type"),
        purpose: value.or_empty("purpose"),
        amount: value.money("amount"),
        borrowers: value.list("borrowers").iter().map(contact).collect(),
    }
}

pub(crate) fn property(value: &Value) -> Property {
    Property {
        street: value.or_empty("street"),
        unit: value.owned("unit"),
        city: value.or_empty("city"),
        county: value.or_empty("county"),
        state: value.or_empty("state"),
        zip: value.or_empty("zip"),
        kind: value.or_empty("type"),
    }
}

fn contact(value: &Value) -> Contact {
    Contact {
        role: value.word("role"),
        name: value.or_empty("name"),
        email: value.owned("email"),
        phone: value.owned("phone"),
    }
}

pub(crate) fn fee(value: &Value) -> Option<Fee> {
    Some(Fee {
        order: value.money("orderFee"),
        technology: value.money("technologyFee"),
        vendor: value.money("vendorCharges")?,
        total: value.money("total"),
    })
}

pub(crate) fn actor(value: &Value) -> Option<Actor> {
    Some(Actor {
        id: UserId::new(value.text("id")?),
        name: value.or_empty("name"),
        role: value.or_empty("role"),
    })
}

fn entry(value: &Value) -> Result<Entry, Unreadable> {
    let code = |key| value.int(key).and_then(|code| i32::try_from(code).ok());
    Ok(Entry {
        id: EntryId::new(value.must("id")?),
        kind: value.or_empty("type"),
        occurred_at: value.stamp("occurredAt"),
        actor: value.object("actor").and_then(actor),
        source: value.word("source"),
        from: code("fromStatus"),
        to: code("toStatus"),
        reason: value.owned("reason"),
        summary: value.or_empty("summary"),
        correlation: value.owned("correlationId"),
        vendor: value
            .object("refs")
            .and_then(|refs| refs.text("vendorId"))
            .map(VendorId::new),
        terms: entry_terms(value),
        state: None,
    })
}

/// What an entry says about what it was about. A refund's entry names the refund, not what it gives back; that is told by
/// the payment's own record.
fn entry_terms(value: &Value) -> Vec<(Term, String)> {
    let refs = value.object("refs");
    let told = |key: &str, term: Term| Some((term, refs?.owned(key)?));
    let text = (value.text("type") == Some("comment")).then(|| (Term::Text, value.or_empty("summary")));
    [
        told("reportId", Term::Report),
        told("rovId", Term::Rov),
        told("submissionId", Term::Submission),
        text,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn payment(value: &Value) -> Result<Payment, Unreadable> {
    Ok(Payment {
        id: PaymentId::new(value.must("id")?),
        kind: value.word("kind"),
        status: value.word("status"),
        amount: value.money("amount"),
        method: value.or_empty("method"),
        occurred_at: value.stamp("occurredAt"),
        actor: value.object("actor").and_then(actor),
        reference: value.owned("reference"),
        refund_of: value.owned("relatedPaymentId"),
        correlation: value.owned("correlationId"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_needs_its_three_ids_and_nothing_else() {
        let bare = order(r#"{"id":"o","clientId":"c","loanId":"l"}"#);
        assert!(bare.is_ok_and(|order| order.status == Status::Unknown(0) && order.version.is_none()));
        for body in [
            "",
            "[]",
            r#"{"id":"o","clientId":"c"}"#,
            r#"{"id":7,"clientId":"c","loanId":"l"}"#,
        ] {
            assert!(order(body).is_err(), "{body}");
        }
    }

    #[test]
    fn wrong_types_cost_only_their_own_field() {
        let odd = order(
            r#"{"id":"o","clientId":"c","loanId":"l","statusCode":"16","vendor":"Ann","fee":{"total":4},
                "contacts":[1,{"name":"Bo"}],"hold":[],"version":-2,"dueDate":20261122,"future":{"x":1}}"#,
        );
        assert!(odd.is_ok_and(|order| {
            order.status == Status::Unknown(0)
                && order.vendor.is_none()
                && order.fee.is_none()
                && order.contacts[1].name == "Bo"
                && order.version.is_none()
        }));
    }

    #[test]
    fn a_row_that_cannot_be_read_does_not_cost_the_page() {
        let page = page(
            r#"{"items":[{"id":"o","clientId":"c","loanId":"l","statusCode":19},{"nothing":1}],"total":2,"counts":{"all":"x","qc":3}}"#,
        );
        assert!(
            page.is_ok_and(|page| page.rows.len() == 1
                && page.rows[0].status == Status::Unknown(19)
                && page.total == 2)
        );
        assert!(super::page(r#"{"rows":[]}"#).is_err());
    }

    #[test]
    fn unknown_history_types_and_sources_are_kept_raw() {
        let history = history(r#"{"items":[{"id":"h","type":"teleported","source":"robot","toStatus":99}]}"#);
        assert!(history.is_ok_and(|history| {
            let entry = &history.entries[0];
            entry.kind == "teleported"
                && entry.source == omnival_core::order::Source::Other("robot".into())
                && entry.to == Some(99)
        }));
    }
}
