//! How the toolbar changes the question. Every change begins at the first page.

use omnival_core::queue::Query;

/// Without search and filters; view and order stay.
pub fn cleared(query: &Query) -> Query {
    Query {
        view: query.view,
        sort: query.sort.clone(),
        ..Query::default()
    }
}

/// With what stands in the search field; `None` if that is asked already.
pub fn searched(query: &Query, typed: &str) -> Option<Query> {
    let search = typed.trim();
    (search != query.search).then(|| Query {
        search: search.to_owned(),
        ..query.with_page(1)
    })
}

/// With this status of a list, by its code; anything else is any status.
pub fn with_status(query: &Query, code: &str) -> Query {
    Query {
        status: code.parse().ok(),
        ..query.with_page(1)
    }
}

/// With this branch; none is any.
pub fn with_branch(query: &Query, branch: &str) -> Query {
    Query {
        branch: branch.to_owned(),
        ..query.with_page(1)
    }
}

/// With an order of the list, as the API writes it.
pub fn with_sort(query: &Query, sort: &str) -> Query {
    Query {
        sort: sort.to_owned(),
        ..query.with_page(1)
    }
}
