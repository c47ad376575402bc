//! What outlives the queue's screen: the page that was shown last, and whether the boot script's first answer may still be
//! taken. Both belong to one person.

use omnival_core::ids::{ClientId, UserId};
use omnival_core::queue::Query;
use omnival_wire::order::Page;

/// Whose the memory is.
#[derive(Clone, PartialEq, Debug, Default)]
enum Whose {
    /// It is not known yet who is signed in: what the boot script found is that person's.
    #[default]
    Unsaid,
    Nobodys,
    Theirs(UserId),
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Memory {
    whose: Whose,
    last: Option<(ClientId, Query, Page)>,
    first_is_taken: bool,
}

impl Memory {
    /// Somebody works here now, or nobody does. To be told at each change, once it is known. Whatever another person
    /// left is forgotten.
    pub fn belongs_to(&mut self, person: Option<&UserId>) {
        let whose = person.map_or(Whose::Nobodys, |person| Whose::Theirs(person.clone()));
        let is_first = self.whose == Whose::Unsaid && person.is_some();
        if !is_first && self.whose != whose {
            self.last = None;
            self.first_is_taken = true;
        }
        self.whose = whose;
    }

    /// Is this the question before which the boot script's answer is to be looked at? Only the first one is.
    pub const fn takes_first(&mut self) -> bool {
        let is_first = !self.first_is_taken;
        self.first_is_taken = true;
        is_first
    }

    /// The page that was shown last, if it answers this question: shown at once on the way back, while it is read anew.
    pub fn last(&self, client: &ClientId, query: &Query) -> Option<&Page> {
        let (of, asked, page) = self.last.as_ref()?;
        (of == client && asked == query).then_some(page)
    }

    /// `person` asked for it: what comes after they have gone is not kept.
    pub fn keep(&mut self, person: &UserId, client: ClientId, query: Query, page: Page) {
        if matches!(&self.whose, Whose::Theirs(whose) if whose == person) {
            self.last = Some((client, query, page));
        }
    }
}
