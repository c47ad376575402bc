//! What the contract says of each operation is what the table of operations says.

use std::collections::BTreeSet;
use std::path::Path;

use omnival_core::operation::{Class, Group, Operation};
use omnival_core::words::*;

const CONTRACT: &str = "../../contract/openapi.yaml";

/// Operations of the contract that the console has no use for, and why.
pub const NOT_CALLED: [(&str, &str); 10] = [
    ("getCrossCheckRun", "the list of runs holds each run whole"),
    ("getHistoryEntry", "the history holds each entry whole"),
    ("getInvoice", "the invoice data holds each invoice whole"),
    (
        "getLoan",
        "an order carries its loan, and the search for loans shows the others",
    ),
    ("getLatestReport", "it is the first of the list of reports"),
    ("getLatestRevision", "it is the first of the list of revisions"),
    (
        "listDeliveryConfigurations",
        "a report is sent to an address; what was configured shows in the delivery",
    ),
    (
        "listHistoryTypes",
        "the console has words of its own for the kinds that it knows, and shows others as they are",
    ),
    ("listBranches", "the session names the branches of whoever is signed in"),
    ("listReportHistory", "the order history tells the same"),
];

/// One operation of the contract, as its text.
struct Documented {
    path: String,
    method: String,
    text: String,
}

impl Documented {
    /// The rest of the line that begins with this key.
    fn value(&self, key: &str) -> Option<&str> {
        self.text
            .lines()
            .find_map(|line| line.trim().strip_prefix(key))
            .map(str::trim)
    }

    fn id(&self) -> &str {
        self.value("operationId:").expect("an id")
    }
}

fn contract_text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(CONTRACT);
    std::fs::read_to_string(path).expect("the contract")
}

/// The contract's operations, in its order.
fn contract() -> Vec<Documented> {
    let text = contract_text();
    let mut found: Vec<Documented> = Vec::new();
    let mut path = String::new();
    for line in text.lines().take_while(|line| *line != "components:") {
        let indent = line.len() - line.trim_start().len();
        let key = line.trim().trim_end_matches(':');
        if indent == 2 && key.starts_with('/') {
            path = key.to_owned();
        } else if indent == 4 && ["get", "post", "put", "patch", "delete"].contains(&key) {
            found.push(Documented {
                path: path.clone(),
                method: key.to_uppercase(),
                text: String::new(),
            });
        } else if indent > 4
            && let Some(last) = found.last_mut()
        {
            last.text.push_str(line);
            last.text.push('\n');
        }
    }
    assert!(found.len() > 60);
    found
}

fn documented(operation: Operation, contract: &[Documented]) -> &Documented {
    let found = contract.iter().find(|one| one.id() == operation.api_name());
    found.unwrap_or_else(|| panic!("{operation:?} is not in the contract"))
}

#[test]
fn every_operation_of_the_contract_is_called_or_said_to_be_left_out() {
    for one in contract() {
        let left_out = NOT_CALLED.iter().any(|(name, _)| *name == one.id());
        let known = Operation::ALL.iter().any(|operation| operation.api_name() == one.id());
        assert!(known != left_out, "{}", one.id());
    }
}

#[test]
fn each_operation_has_the_contracts_endpoint() {
    // What is filled in has names of its own in the contract.
    let plain = |path: &str| {
        let parts = path
            .split('/')
            .map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let client = "/api/clients/{}";
    let loan = [client, "/loans/{}"].concat();
    let order = [&loan, "/orders/{}"].concat();
    let contract = contract();
    for operation in Operation::ALL {
        let one = documented(*operation, &contract);
        assert_eq!(operation.method().as_str(), one.method, "{operation:?}");
        let path = operation.path().replace("{client}", client);
        let path = path.replace("{loan}", &loan).replace("{order}", &order);
        assert_eq!(plain(&path), plain(&one.path), "{operation:?}");
    }
}

#[test]
fn each_operation_has_the_contracts_class_group_and_permission() {
    let contract = contract();
    for operation in Operation::ALL {
        let one = documented(*operation, &contract);
        let class = match operation.class() {
            Class::Read => "read",
            Class::Idempotent => "idempotent",
            Class::Once => "once",
            Class::Guarded => "guarded",
        };
        assert_eq!(one.value("x-class:"), Some(class), "{operation:?}");
        let group = operation.group().map(|group| match group {
            Group::Activation => "A",
            Group::Assignment => "S",
            Group::Qc => "Q",
            Group::Payments => "P",
            Group::Agency => "G",
        });
        assert_eq!(one.value("x-p0-group:"), group, "{operation:?}");
        let permission = one
            .value("x-permission:")
            .filter(|asked| !matches!(*asked, "public" | "signed-in"));
        assert_eq!(
            permission,
            operation.permission().map(|held| held.as_str()),
            "{operation:?}"
        );
    }
}

/// Where the console leaves the fence out, as the contract lets it. An answer to a checklist item rests on the item, and
/// other answers move the order's version on all the time; a note or a document is added whatever became of the order.
const WITHOUT_FENCE: [Operation; 3] = [Operation::AnswerItem, Operation::AddComment, Operation::AddDocument];

/// Bodies that are described elsewhere in the contract, and bring the fence along.
const FENCED_BODIES: [&str; 4] = ["Fence'", "requestBodies/Reason'", "VersionPart'", "OverrideRequest'"];

#[test]
fn the_fence_goes_along_where_the_contract_has_a_place_for_it() {
    let contract = contract();
    for operation in Operation::ALL {
        let one = documented(*operation, &contract);
        let body = one.text.split_once("requestBody:").map_or("", |(_, rest)| rest);
        let body = body.split_once("responses:").map_or(body, |(body, _)| body);
        let has_place = FENCED_BODIES.iter().any(|name| body.contains(name));
        let expected = has_place && !WITHOUT_FENCE.contains(operation);
        assert_eq!(operation.fenced(), expected, "{operation:?}");
    }
}

/// Every list of words in the contract. `other` is a word of its own only where the console tells it from a new one.
fn vocabularies() -> Vec<BTreeSet<String>> {
    let text = contract_text();
    let lists = text.split("enum: [").skip(1).filter_map(|rest| rest.split_once(']'));
    let words = |list: &str| {
        let words = list
            .split(',')
            .map(str::trim)
            .filter(|word| !matches!(*word, "null" | "other"));
        words.map(str::to_owned).collect()
    };
    lists.map(|(list, _)| words(list)).collect()
}

#[test]
fn the_words_that_are_compared_are_the_contracts() {
    let all = vocabularies();
    macro_rules! each {
        ($($name:ident)*) => {
            [$((stringify!($name), $name::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>())),*]
        };
    }
    for (name, words) in each![
        Permission Role Source LoanKind ContactRole Side Scenario PaymentStatus PaymentKind TransferStatus
        InvoiceStatus Coverage ChecklistAnswer RunStatus RevisionSource RovStatus Recipient Portal Gse Severity
    ] {
        let words: BTreeSet<_> = words
            .into_iter()
            .filter(|word| *word != "other")
            .map(str::to_owned)
            .collect();
        assert!(all.contains(&words), "{name} is no list of the contract: {words:?}");
    }
    // Before there is a submission, the contract says in words how an order stands with its agency.
    let submission: BTreeSet<_> = AgencyStatus::ALL
        .iter()
        .map(|status| status.as_str().to_owned())
        .collect();
    let before = ["notRequired", "notSubmitted", "submitting"];
    assert!(
        all.iter()
            .any(|list| list.len() + before.len() == submission.len() && list.is_subset(&submission))
    );
}

/// What the platform adds is shown as it wrote it, and is equal to no word that we know.
#[test]
fn a_new_word_is_kept_and_a_known_one_is_read_back() {
    for status in PaymentStatus::ALL {
        assert_eq!(PaymentStatus::from(status.as_str()), *status);
    }
    for raw in ["", "Paid", "paid ", "disputed"] {
        let word = PaymentStatus::from(raw);
        assert_eq!(word, PaymentStatus::Other(raw.to_owned()));
        assert_eq!(word.as_str(), raw);
    }
    assert_eq!(PaymentStatus::default().as_str(), "");
}
