//! What a request's method and path point at, by the table of operations.

use axum::http::Method;

use super::operations::{Operation, ROUTES, Route};

/// The operation, and the ids that the path names.
#[derive(Debug, PartialEq, Eq)]
pub struct Target<'path> {
    pub operation: Operation,
    pub client_id: Option<&'path str>,
    pub loan_id: Option<&'path str>,
    pub order_id: Option<&'path str>,
    /// The part of the order that is meant: a history entry, a report, a document …
    pub part_id: Option<&'path str>,
    /// Whose access to a document is meant.
    pub party: Option<&'path str>,
}

/// A place in a template.
enum Segment<'template> {
    Literal(&'template str),
    Client,
    Loan,
    Order,
    Party,
    /// Any other id, by its name.
    Part(&'template str),
}

impl<'template> Segment<'template> {
    fn of(text: &'template str) -> Self {
        let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return Self::Literal(text);
        };
        match name {
            "clientId" => Self::Client,
            "loanId" => Self::Loan,
            "orderId" => Self::Order,
            "party" => Self::Party,
            part => Self::Part(part),
        }
    }
}

impl Route {
    /// What the path calls the part of the order that it names (`reportId`, `documentId` …), if it names one.
    pub fn part_name(&self) -> Option<&'static str> {
        self.template.split('/').find_map(|text| match Segment::of(text) {
            Segment::Part(name) => Some(name),
            Segment::Literal(_) | Segment::Client | Segment::Loan | Segment::Order | Segment::Party => None,
        })
    }

    fn matches<'path>(&self, path: &'path str) -> Option<Target<'path>> {
        let mut target = Target {
            operation: self.operation,
            client_id: None,
            loan_id: None,
            order_id: None,
            part_id: None,
            party: None,
        };
        let mut segments = path.split('/');
        for wanted in self.template.split('/') {
            let segment = segments.next()?;
            let slot = match Segment::of(wanted) {
                Segment::Literal(text) if text == segment => continue,
                Segment::Literal(_) => return None,
                Segment::Client => &mut target.client_id,
                Segment::Loan => &mut target.loan_id,
                Segment::Order => &mut target.order_id,
                Segment::Party => &mut target.party,
                Segment::Part(_) => &mut target.part_id,
            };
            if segment.is_empty() {
                return None;
            }
            *slot = Some(segment);
        }
        segments.next().is_none().then_some(target)
    }
}

/// The operation that `method` on `path` (still percent-encoded, without query) means.
pub fn find<'path>(method: &Method, path: &'path str) -> Option<Target<'path>> {
    ROUTES.iter().find_map(|route| {
        let method_fits = route.method == *method || (*method == Method::HEAD && route.method == Method::GET);
        if method_fits { route.matches(path) } else { None }
    })
}
