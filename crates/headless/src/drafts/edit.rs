//! Editing a draft that a colleague may be editing too: what is merged, what is left to the operator, and what a save
//! comes to.

use omnival_core::draft::{Field, Merged, merge};
use omnival_core::order::{Order, Status};

use super::fields::Fields;
use super::fill::Filling;
use crate::kept::FormCopy;

/// The form as it opens: the draft, under what is kept of an earlier visit. The loan of an order never changes, whatever
/// an old copy says.
pub fn opened(order: &Order, kept: Option<&FormCopy>) -> Fields {
    let mut fields = Fields::of(|field| field.value_in(order));
    for (field, text) in kept.iter().flat_map(|kept| &kept.fields) {
        if *field != Field::Loan {
            fields.set(*field, text);
        }
    }
    fields
}

/// What a colleague did to the draft while it was being edited here.
#[derive(Clone, PartialEq, Debug)]
pub enum Clash {
    /// Saved it too: `taken` is theirs alone and fills the form; of the `overlaps` the form keeps the operator's words,
    /// and this is theirs.
    Merged { taken: Filling, overlaps: Filling },
    /// It is no draft any more.
    Activated(Box<Order>),
}

/// The draft as it is `now`, field by field: `before` is what editing began from.
pub fn merge_in(before: &Order, typed: &Fields, now: Order) -> Clash {
    if now.status != Status::Draft {
        return Clash::Activated(Box::new(now));
    }
    let (mut taken, mut overlaps) = (Vec::new(), Vec::new());
    for field in Field::ALL {
        let theirs = field.value_in(&now);
        match merge(&field.value_in(before), typed.get(*field), &theirs) {
            Merged::Same | Merged::Mine => {}
            Merged::Theirs => taken.push((*field, theirs)),
            Merged::Overlap => overlaps.push((*field, theirs)),
        }
    }
    Clash::Merged { taken, overlaps }
}

/// What follows when a save has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterSave {
    /// The form was left: its person is told where they are.
    TellElsewhere,
    /// Saved as it was when it was pressed; what was typed since is kept, and to be saved again.
    TypedSince,
    /// Saved: on to the order.
    OpenOrder,
    /// Saved, and the operator looks at something else: nobody is pulled away.
    Stay,
    /// Show what failed, where it failed.
    ShowFailure,
}

/// `is_there`: the form still is. `typed_since`: it does not hold what was saved any more. `is_open`: the address names it.
pub const fn after_save(saved: bool, is_there: bool, typed_since: bool, is_open: bool) -> AfterSave {
    match (is_there, saved) {
        (false, _) => AfterSave::TellElsewhere,
        (true, false) => AfterSave::ShowFailure,
        (true, true) if typed_since => AfterSave::TypedSince,
        (true, true) if is_open => AfterSave::OpenOrder,
        (true, true) => AfterSave::Stay,
    }
}
