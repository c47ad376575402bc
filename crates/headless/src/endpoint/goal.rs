//! What a write on an order is to achieve, and by what its own record is told from another's.
//!
//! Both are read off what is sent, by the operation's rule, so that neither can be forgotten or differ from the request.

use omnival_core::ids::VendorId;
use omnival_core::money::Money;
use omnival_core::operation::{Operation, Term};
use omnival_core::recovery::evidence::Goal;
use omnival_wire::Value;

use super::Members;

/// What an operator filled in.
#[derive(Clone, Copy)]
pub struct Filled<'a> {
    /// The report, payment, … of the order that it is about; empty if it is about the order.
    pub id: &'a str,
    pub members: &'a Members,
    /// Name and size, as `file_term` has them.
    pub file: Option<&'a str>,
    /// Label and text of all that was asked, as the operator read it.
    pub asked: &'a [(&'static str, String)],
}

/// `None` if the operation is not told by an order's records, or if what its own record would be known by is not among
/// what is sent. Then it must not be sent: nobody could tell afterwards what became of it.
pub fn goal(operation: Operation, filled: &Filled<'_>) -> Option<Goal> {
    let rule = operation.rule()?;
    if operation == Operation::Assign {
        return Some(Goal::Assign {
            vendor: VendorId::new(filled.text("vendorId")?),
            name: filled.read("Vendor").unwrap_or_default().to_owned(),
        });
    }
    let plain = [Goal::Activate, Goal::Hold, Goal::Reactivate, Goal::Cancel];
    if let Some(goal) = plain.into_iter().find(|goal| goal.operation() == operation) {
        return Some(goal);
    }
    let terms = rule.terms.iter().map(|term| Some((*term, filled.term(*term)?)));
    Some(Goal::Act {
        operation,
        terms: terms.collect::<Option<_>>()?,
    })
}

impl Filled<'_> {
    fn member(&self, name: &str) -> Option<&Value> {
        let found = self.members.iter().find(|(member, _)| *member == name);
        found.map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.member(name)?.as_str()
    }

    fn read(&self, label: &str) -> Option<&str> {
        let found = self.asked.iter().find(|(asked, _)| *asked == label);
        found.map(|(_, text)| text.as_str())
    }

    /// Where each term stands in a request.
    fn term(&self, term: Term) -> Option<String> {
        let id = Some(self.id).filter(|id| !id.is_empty());
        let term = match term {
            Term::Report => self.text("reportId").or(id),
            Term::Rov | Term::Payment => id,
            Term::Submission => self.text("submissionId"),
            Term::Amount => return self.amount(),
            Term::Reference => self.text("reference"),
            Term::Recipient => self.text("email"),
            Term::File => self.file,
            Term::Text => self.text("text"),
        };
        term.map(str::to_owned)
    }

    fn amount(&self) -> Option<String> {
        let money = self.member("amount")?;
        let part = |name: &str| money.get(name).and_then(Value::as_str);
        Some(Money::new(part("amount")?, part("currency")?).plain())
    }
}
