//! The queue's question: which view, filter, order and page. It lives in the address and nowhere else, so reload,
//! back and sharing work; it is sent to the API as it stands.

/// Saved views by whose move is awaited. The key is the contract's word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    pub key: &'static str,
    pub label: &'static str,
    pub heading: &'static str,
}

const fn view(key: &'static str, label: &'static str, heading: &'static str) -> View {
    View { key, label, heading }
}

/// Every view, grouped by who is waited for.
pub const VIEWS: [View; 14] = [
    view("all", "All orders", "Everything"),
    view("due-soon", "Due within 48 h", "Everything"),
    view("past-due", "Past due", "Everything"),
    view("needs-vendor", "Needs a vendor", "Operations"),
    view("to-deliver", "To deliver", "Operations"),
    view("on-hold", "On hold", "Operations"),
    view("drafts", "Drafts", "Client"),
    view("conditions", "Conditions to answer", "Client"),
    view("awaiting-vendor", "Awaiting response", "Vendor"),
    view("vendor-working", "At work", "Vendor"),
    view("revision", "In revision", "Vendor"),
    view("qc", "To review", "QC"),
    view("rov", "Reconsideration of value", "QC"),
    view("closed", "Closed", "Done"),
];

/// Columns that the API can sort by, with the column's own word.
pub const SORTS: [(&str, &str); 6] = [
    ("updatedAt", "Last change"),
    ("dueDate", "Due"),
    ("orderNumber", "Order"),
    ("borrower", "Borrower"),
    ("status", "Status"),
    ("vendor", "Vendor"),
];

pub const PAGE_SIZE: u32 = 50;

/// The parameters of a question, in the order in which an address has them. The boot script asks with the same.
pub const PARAMETERS: [&str; 6] = ["view", "status", "search", "branchId", "sort", "page"];

const SEARCH_LENGTH: usize = 100;

/// The whole question. Invariant: every part is one that the API accepts; whatever else an address holds is dropped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    pub view: &'static str,
    pub status: Option<i32>,
    pub search: String,
    pub branch: String,
    /// A key of [`SORTS`], `-` before it for descending.
    pub sort: String,
    pub page: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            view: "all",
            status: None,
            search: String::new(),
            branch: String::new(),
            sort: String::from("-updatedAt"),
            page: 1,
        }
    }
}

impl Query {
    /// Reads an address' parameters, forgiving: what makes no sense takes its default.
    pub fn from_params(get: impl Fn(&str) -> Option<String>) -> Self {
        let default = Self::default();
        let text = |key| get(key).map(|text| clean(&text)).unwrap_or_default();
        let sort = text("sort");
        let key = sort.strip_prefix('-').unwrap_or(&sort);
        Self {
            view: VIEWS
                .iter()
                .find(|view| view.key == text("view"))
                .map_or(default.view, |view| view.key),
            status: text("status").parse().ok().filter(|code| (0..=999).contains(code)),
            search: text("search"),
            branch: Some(text("branchId")).filter(|id| is_id(id)).unwrap_or_default(),
            sort: if SORTS.iter().any(|(known, _)| *known == key) {
                sort
            } else {
                default.sort
            },
            page: text("page")
                .parse()
                .ok()
                .filter(|page| (1..=1_000_000).contains(page))
                .unwrap_or(1),
        }
    }

    /// The parameters that differ from the default, in a fixed order: the same question has one address.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut params = Vec::new();
        let mut put = |key, value: &str, unlike: &str| {
            if value != unlike {
                params.push((key, value.to_owned()));
            }
        };
        put("view", self.view, default.view);
        put(
            "status",
            &self.status.map(|code| code.to_string()).unwrap_or_default(),
            "",
        );
        put("search", &self.search, "");
        put("branchId", &self.branch, "");
        put("sort", &self.sort, &default.sort);
        put("page", &self.page.to_string(), "1");
        params
    }

    /// Another view, from its first page; search and order stay.
    pub fn with_view(&self, view: &'static str) -> Self {
        Self {
            view,
            status: None,
            page: 1,
            ..self.clone()
        }
    }

    pub fn with_page(&self, page: u32) -> Self {
        Self {
            page: page.max(1),
            ..self.clone()
        }
    }

    /// Sorts by this column; a second time, the other way round.
    pub fn sorted_by(&self, key: &str) -> Self {
        let sort = if self.sort == key {
            ["-", key].concat()
        } else {
            key.to_owned()
        };
        Self {
            sort,
            page: 1,
            ..self.clone()
        }
    }

    pub fn is_sorted_by(&self, key: &str) -> Option<bool> {
        match self.sort.strip_prefix('-') {
            Some(sorted) => (sorted == key).then_some(false),
            None => (self.sort == key).then_some(true),
        }
    }

    pub fn is_filtered(&self) -> bool {
        self.status.is_some() || !self.search.is_empty() || !self.branch.is_empty()
    }
}

/// Without control characters and outer white space, also after the cut: what is written is read as the same.
fn clean(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    let cut: String = plain.trim().chars().take(SEARCH_LENGTH).collect();
    cut.trim_end().to_owned()
}

/// The contract's form of an id.
fn is_id(text: &str) -> bool {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(params: &[(&str, &str)]) -> Query {
        Query::from_params(|key| {
            params
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_address_holds_the_whole_question() {
        let asked = Query {
            view: "qc",
            status: Some(11),
            search: "smith & co".into(),
            branch: "br-1".into(),
            sort: "dueDate".into(),
            page: 3,
        };
        let params = asked.params();
        let params: Vec<_> = params.iter().map(|(key, value)| (*key, value.as_str())).collect();
        assert_eq!(read(&params), asked);
        assert!(Query::default().params().is_empty());
    }

    #[test]
    fn a_question_has_no_other_parameters_than_those_named() {
        let every = Query {
            view: "qc",
            status: Some(11),
            search: "smith".into(),
            branch: "br-1".into(),
            sort: "dueDate".into(),
            page: 3,
        };
        let names: Vec<_> = every.params().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, PARAMETERS);
    }

    #[test]
    fn what_makes_no_sense_takes_its_default() {
        let odd = [
            ("view", "nope"),
            ("sort", "-price"),
            ("page", "-4"),
            ("status", "x"),
            ("search", "\u{0}"),
        ];
        assert_eq!(read(&odd), Query::default());
        assert_eq!(read(&[("page", "0")]).page, 1);
    }

    #[test]
    fn sorting_again_turns_round() {
        let once = Query::default().with_page(4).sorted_by("dueDate");
        assert_eq!(
            (once.sort.as_str(), once.page, once.is_sorted_by("dueDate")),
            ("dueDate", 1, Some(true))
        );
        assert_eq!(once.sorted_by("dueDate").is_sorted_by("dueDate"), Some(false));
        assert_eq!(once.is_sorted_by("status"), None);
    }
}
