//! What the platform's own records prove about one attempt.
//!
//! The baseline is taken when the button is pressed; evidence counts only if it is newer. Times are compared only when
//! both are the platform's own: an operator's clock may be off by a day.

use crate::ids::{ClientId, EntryId, LoanId, OrderRef, PaymentId, UserId, VendorId};
use crate::operation::{Ledger, Operation, Term};
use crate::order::{Entry, Order, Payment, Status};
use crate::time::Timestamp;
use crate::words::{PaymentKind, TransferStatus};

use super::snapshot::Snapshot;

/// What the operator wanted to be true.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goal {
    Activate,
    Assign {
        vendor: VendorId,
        name: String,
    },
    Hold,
    Reactivate,
    Cancel,
    /// A draft leaves no history; its `clientReference` is looked for among the loan's orders.
    Create {
        client: ClientId,
        loan: LoanId,
        client_reference: String,
    },
    /// Everything else that is sent once, with what tells its record from another's.
    Act {
        operation: Operation,
        terms: Vec<(Term, String)>,
    },
}

impl Goal {
    pub const fn act(operation: Operation) -> Self {
        Self::Act {
            operation,
            terms: Vec::new(),
        }
    }

    pub const fn operation(&self) -> Operation {
        match self {
            Self::Activate => Operation::Activate,
            Self::Assign { .. } => Operation::Assign,
            Self::Hold => Operation::Hold,
            Self::Reactivate => Operation::Reactivate,
            Self::Cancel => Operation::Cancel,
            Self::Create { .. } => Operation::CreateDraft,
            Self::Act { operation, .. } => *operation,
        }
    }

    /// Where this goal's own records are kept, beside the order history.
    pub fn ledger(&self) -> Option<Ledger> {
        self.operation().rule()?.ledger.map(|(ledger, _)| ledger)
    }

    /// Does what this entry says agree with what was wanted?
    fn agrees_with(&self, entry: &Entry) -> bool {
        match self {
            Self::Assign { vendor, .. } => entry.vendor.as_ref() == Some(vendor),
            Self::Act { terms, .. } => entry.agrees_with(terms),
            Self::Activate | Self::Hold | Self::Reactivate | Self::Cancel | Self::Create { .. } => true,
        }
    }
}

/// What was known of the order when the button was pressed.
#[derive(Clone, PartialEq, Debug)]
pub struct Baseline {
    /// The order as the operator saw it. Absent when it is being created.
    pub order: Option<Snapshot>,
    /// The newest history entry then.
    pub newest: Option<EntryId>,
    /// Every payment record then.
    pub payments: Vec<PaymentId>,
    /// Every record in the operation's own list then.
    pub records: Vec<EntryId>,
}

/// Where the order is now.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    Order(Box<Order>),
    /// 404: absent, or no longer visible to this user.
    Gone,
    /// The drafts with our client reference. More than one, if the browser itself repeated the request: it does so
    /// when a kept-alive connection closes before the answer.
    Created(Vec<OrderRef>),
}

/// State and the operation's own records, read together.
#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    pub found: Found,
    /// Newest first.
    pub history: Vec<Entry>,
    /// The operation's own records; read when it keeps any.
    pub records: Vec<Entry>,
    /// Read when the operation may move money.
    pub payments: Vec<Payment>,
}

/// Who carried out what was wanted.
#[derive(Clone, PartialEq, Debug)]
pub enum How {
    /// The platform said so to this attempt.
    Answered,
    /// Its records say so, and nothing else of this operator's explains them.
    Recorded(EntryId),
    /// What was to be created is there, under the reference that only this attempt used.
    Found,
    /// This send was refused, but the operator's own earlier one had been carried out.
    Earlier(EntryId),
}

/// Why it is certain that this attempt was not carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    NotSent,
    /// The platform received it and refused.
    Refused,
    /// The settle window is over, and a read that began after it shows nothing.
    Settled,
    /// The platform's records show that it was tried, and failed.
    Failed,
}

/// The end of an attempt.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    Done(How),
    DoneByOther(EntryId),
    /// The order went elsewhere; this attempt was not carried out.
    Moved,
    /// Carried out, and money is still on its way. The record that says so.
    Pending(EntryId),
    NotDone(Proof),
    StillUnknown,
}

/// Whose attempt is judged.
pub struct Case<'a> {
    pub goal: &'a Goal,
    pub user: &'a UserId,
    pub baseline: &'a Baseline,
    /// This very send is known to have been refused (401, 409).
    pub refused: bool,
    /// The settle window was over before the evidence was read.
    pub settled: bool,
}

impl Baseline {
    /// Was the order, as the operator saw it, already this far? Records that the platform shows late are no news then.
    fn held(&self, at: Option<Timestamp>) -> bool {
        let seen = self.order.as_ref().and_then(|order| order.updated_at);
        seen.zip(at)
            .is_some_and(|(seen, at)| at < seen || (at == seen && !at.is_whole_second()))
    }

    /// A platform that tells whole seconds leaves open which of two things in one second came first.
    fn may_hold(&self, at: Option<Timestamp>) -> bool {
        let seen = self.order.as_ref().and_then(|order| order.updated_at);
        at.is_some_and(|at| seen == Some(at) && at.is_whole_second())
    }
}

impl Evidence {
    /// The entries that are newer than the baseline.
    pub fn news<'a>(&'a self, baseline: &'a Baseline) -> impl Iterator<Item = &'a Entry> {
        self.history
            .iter()
            .take_while(|entry| Some(&entry.id) != baseline.newest.as_ref())
            .filter(|entry| !baseline.held(entry.occurred_at))
    }

    /// The operation's own records that are newer than the baseline.
    fn new_records<'a>(&'a self, baseline: &'a Baseline) -> impl Iterator<Item = &'a Entry> {
        self.records
            .iter()
            .filter(|record| !baseline.records.contains(&record.id) && !baseline.held(record.occurred_at))
    }

    /// The record or history entry with this id.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.records.iter().chain(&self.history).find(|entry| entry.id == *id)
    }

    /// The payment records that are newer than the baseline.
    fn new_payments<'a>(&'a self, baseline: &'a Baseline) -> impl Iterator<Item = &'a Payment> {
        self.payments
            .iter()
            .filter(|payment| !baseline.payments.contains(&payment.id) && !baseline.held(payment.occurred_at))
    }

    pub fn order(&self) -> Option<&Order> {
        match &self.found {
            Found::Order(order) => Some(order),
            Found::Gone | Found::Created(_) => None,
        }
    }

    /// A payment record that is newer than the baseline and not final.
    pub fn pending_money(&self, baseline: &Baseline) -> bool {
        self.new_payments(baseline)
            .any(|payment| payment.status == TransferStatus::Pending)
    }

    /// Did the order itself change? A comment is no move.
    fn has_moved(&self, baseline: &Baseline) -> bool {
        match (&self.found, &baseline.order) {
            (Found::Gone, _) => true,
            (Found::Order(now), Some(then)) => {
                now.version != then.version || now.status != then.status || now.updated_at != then.updated_at
            }
            (Found::Order(_), None) | (Found::Created(_), _) => false,
        }
    }

    /// Has history caught up with the order, so that no entry about its last change is still to come?
    fn is_complete(&self, baseline: &Baseline) -> bool {
        let Some(now) = self.order() else {
            return false;
        };
        let was_draft = baseline.order.as_ref().is_some_and(|then| then.status == Status::Draft);
        let told = self.history.first().and_then(|entry| entry.occurred_at);
        // A draft leaves no history: one that is a draft still has nothing to tell.
        (was_draft && now.status == Status::Draft)
            || now.updated_at.zip(told).is_some_and(|(changed, told)| told >= changed)
    }
}

/// What the records say of the operation, if not that this attempt carried it out.
#[derive(Default)]
struct Others<'a> {
    rival: Option<&'a EntryId>,
    /// A record that may be this attempt's, and may as well not be.
    nameless: bool,
    /// This operator's attempt was recorded as failed. Whether that was this one is certain only when no other can
    /// arrive any more.
    failed: bool,
}

enum Signs<'a> {
    Mine(Verdict),
    Others(Others<'a>),
}

/// Looks through the operation's own records, then through the history.
fn signs<'a>(case: &Case<'a>, evidence: &'a Evidence) -> Signs<'a> {
    let mut others = Others::default();
    let Some(rule) = case.goal.operation().rule() else {
        return Signs::Others(others);
    };
    let baseline = case.baseline;
    let kept = evidence.new_records(baseline).filter(|record| rule.is_kept_as(record));
    let told = evidence.news(baseline).filter(|entry| rule.is_told_by(entry));
    let all = kept.map(|entry| (true, entry)).chain(told.map(|entry| (false, entry)));
    for (is_record, entry) in all.filter(|(_, entry)| case.goal.agrees_with(entry)) {
        let mine = entry.is_by(case.user);
        if entry.state == Some(TransferStatus::Failed) {
            others.failed |= mine;
        } else if baseline.may_hold(entry.occurred_at) || entry.names_nobody() {
            others.nameless = true;
        } else if !mine {
            others.rival.get_or_insert(&entry.id);
        } else if !is_record && rule.only_its_record_proves() {
            others.nameless = true;
        } else {
            return Signs::Mine(done(case, evidence, entry));
        }
    }
    Signs::Others(others)
}

/// This operator's record is there.
fn done(case: &Case<'_>, evidence: &Evidence, entry: &Entry) -> Verdict {
    let id = entry.id.clone();
    // A payment link waits for its payer: issuing it was all that was wanted.
    let on_its_way = entry.state == Some(TransferStatus::Pending) && entry.kind != PaymentKind::PaymentLink.as_str();
    if on_its_way || evidence.pending_money(case.baseline) {
        Verdict::Pending(id)
    } else if case.refused {
        Verdict::Done(How::Earlier(id))
    } else {
        Verdict::Done(How::Recorded(id))
    }
}

/// The verdict that the evidence allows, or none yet: then it is read again.
///
/// "Not done" is never concluded from silence alone: the send was refused, or the settle window was over before the
/// reading began. Nor while money moved that nobody else accounts for. "Still unknown" waits for the window too.
pub fn judge(case: &Case<'_>, evidence: &Evidence) -> Option<Verdict> {
    if let Found::Created(found) = &evidence.found {
        return match found.as_slice() {
            [_, ..] => Some(Verdict::Done(How::Found)),
            [] if case.refused => Some(Verdict::NotDone(Proof::Refused)),
            [] if case.settled => Some(Verdict::NotDone(Proof::Settled)),
            [] => None,
        };
    }
    let signs = match signs(case, evidence) {
        Signs::Mine(verdict) => return Some(verdict),
        Signs::Others(signs) => signs,
    };
    let rival = signs.rival;
    // What names nobody may be this operator's, unless somebody else's action accounts for it.
    let charged = case.goal.operation().may_move_money()
        && evidence.new_payments(case.baseline).any(|payment| {
            let mine = payment.actor.as_ref().map(|actor| actor.id == *case.user);
            payment.status != TransferStatus::Failed && mine.unwrap_or(rival.is_none())
        });
    let in_doubt = signs.nameless || charged;
    let moved = evidence.has_moved(case.baseline);
    let explained = evidence.is_complete(case.baseline);
    // A refused send cannot arrive any more. An earlier copy of it may have: history decides, or says nothing ever.
    let refused_for_good = case.refused && (!moved || explained || evidence.found == Found::Gone);
    if !case.settled && (in_doubt || !refused_for_good) {
        return None;
    }
    Some(match rival {
        _ if in_doubt => Verdict::StillUnknown,
        Some(rival) => Verdict::DoneByOther(rival.clone()),
        None if signs.failed => Verdict::NotDone(Proof::Failed),
        None if moved && (case.refused || explained) => Verdict::Moved,
        None if moved => Verdict::StillUnknown,
        None if case.refused => Verdict::NotDone(Proof::Refused),
        None => Verdict::NotDone(Proof::Settled),
    })
}
