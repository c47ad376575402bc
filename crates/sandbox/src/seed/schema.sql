-- Times are milliseconds since 1970 (UTC), money is cents, `stage` is the status code or -1 for a draft.
-- Ids of growing tables are spelled from their integer key ("ord-000123").

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE clients (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE branches (
    id TEXT PRIMARY KEY, client_id TEXT NOT NULL REFERENCES clients, name TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE products (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL,
    order_fee INTEGER NOT NULL, technology_fee INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE client_products (
    client_id TEXT NOT NULL REFERENCES clients, product_id TEXT NOT NULL REFERENCES products,
    PRIMARY KEY (client_id, product_id)
) WITHOUT ROWID;
CREATE TABLE payment_methods (
    id TEXT PRIMARY KEY, client_id TEXT NOT NULL REFERENCES clients,
    kind TEXT NOT NULL, name TEXT NOT NULL
) WITHOUT ROWID;
-- `doc` is a model::vendor::Vendor.
CREATE TABLE vendors (id TEXT PRIMARY KEY, name TEXT NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE users (
    id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
    vendor_id TEXT REFERENCES vendors, password_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE user_branches (
    user_id TEXT NOT NULL REFERENCES users, branch_id TEXT NOT NULL REFERENCES branches,
    PRIMARY KEY (user_id, branch_id)
) WITHOUT ROWID;

-- A sign-in and all that was rotated from it. Tokens are kept as SHA-256 only.
CREATE TABLE families (
    id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER
);
CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY, family INTEGER NOT NULL REFERENCES families ON DELETE CASCADE,
    expires_at INTEGER NOT NULL, spent_at INTEGER
) WITHOUT ROWID;
CREATE TABLE access_tokens (
    hash TEXT PRIMARY KEY, family INTEGER NOT NULL REFERENCES families ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- `doc` is the loan in the contract's shape.
CREATE TABLE loans (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, client_id TEXT NOT NULL,
    branch_id TEXT NOT NULL, search TEXT NOT NULL, scenario TEXT NOT NULL,
    charge_declines INTEGER NOT NULL, doc TEXT NOT NULL
);

-- What the queue filters and sorts by; a projection of order_docs.doc, written together with it.
CREATE TABLE orders (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, client_id TEXT NOT NULL,
    loan_id TEXT NOT NULL, branch_id TEXT NOT NULL, vendor_id TEXT, stage INTEGER NOT NULL,
    due_at INTEGER, due_key TEXT NOT NULL, updated_at INTEGER NOT NULL, number_key TEXT NOT NULL,
    borrower_key TEXT NOT NULL, vendor_key TEXT NOT NULL, search TEXT NOT NULL
);
-- `doc` is the order, `summary` its row in the queue, both in the contract's shape.
CREATE TABLE order_docs (row INTEGER PRIMARY KEY, doc TEXT NOT NULL, summary TEXT NOT NULL);

CREATE TABLE history (
    seq INTEGER PRIMARY KEY, order_row INTEGER NOT NULL, type TEXT NOT NULL,
    occurred_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, actor_id TEXT, source TEXT NOT NULL,
    from_status INTEGER, to_status INTEGER, reason TEXT, summary TEXT NOT NULL,
    correlation_id TEXT, vendor_id TEXT, refs TEXT
);
CREATE TABLE payments (
    seq INTEGER PRIMARY KEY, order_row INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    cents INTEGER NOT NULL, method TEXT NOT NULL, reference TEXT, occurred_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL, actor_id TEXT, source TEXT NOT NULL, correlation_id TEXT,
    related_seq INTEGER, payee TEXT NOT NULL DEFAULT 'client'
);
CREATE TABLE audits (
    seq INTEGER PRIMARY KEY, order_row INTEGER NOT NULL, type TEXT NOT NULL,
    occurred_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, summary TEXT NOT NULL,
    workflow TEXT NOT NULL
);
CREATE TABLE documents (
    seq INTEGER PRIMARY KEY, order_row INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    content_type TEXT NOT NULL, size INTEGER NOT NULL, uploaded_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL, actor_id TEXT NOT NULL, correlation_id TEXT,
    for_vendor INTEGER NOT NULL, for_client INTEGER NOT NULL
);
-- An order's own records of every kind (reports, revisions, deliveries …): `doc` is one of the types
-- of the model that are a Record, and its id is spelled from kind and seq.
CREATE TABLE records (
    seq INTEGER PRIMARY KEY, order_row INTEGER NOT NULL, kind TEXT NOT NULL,
    visible_at INTEGER NOT NULL, doc TEXT NOT NULL
);
-- These two are there from the start: the seed looks back at what it has written of an order.
CREATE INDEX records_by_order ON records (order_row, kind, seq);
CREATE INDEX payments_by_order ON payments (order_row, seq);
-- What was uploaded, under the id of its report or document. What was seeded has no bytes here: it is
-- written anew from the order each time.
CREATE TABLE contents (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
-- `doc` is a model::checklist::Given.
CREATE TABLE checklist_answers (
    report_id TEXT NOT NULL, item_id TEXT NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (report_id, item_id)
) WITHOUT ROWID;
-- A portal gives out one document file id per loan, and knows up to three appraisals under it.
CREATE TABLE agency_files (
    loan_id TEXT NOT NULL, portal TEXT NOT NULL, document_file_id TEXT NOT NULL,
    PRIMARY KEY (loan_id, portal)
) WITHOUT ROWID;
CREATE TABLE agency_appraisals (
    loan_id TEXT NOT NULL, portal TEXT NOT NULL, number INTEGER NOT NULL, order_row INTEGER NOT NULL,
    PRIMARY KEY (loan_id, portal, number)
) WITHOUT ROWID;
-- What happens by itself; `doc` is a model::task::Task.
CREATE TABLE tasks (
    seq INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, order_row INTEGER NOT NULL, doc TEXT NOT NULL
);

CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, operation TEXT NOT NULL,
    client_id TEXT, order_id TEXT, user_id TEXT, username TEXT, intent TEXT,
    correlation_id TEXT NOT NULL, summary TEXT NOT NULL, charge_cents INTEGER
);
CREATE TABLE idempotency (
    user_id TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL, status INTEGER NOT NULL,
    location TEXT, body TEXT NOT NULL, PRIMARY KEY (user_id, key)
) WITHOUT ROWID;
