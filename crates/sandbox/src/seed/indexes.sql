-- Each sort of the queue is one walk along an index that already holds every filter column, so that
-- even the last page of a large client touches no table row but those it shows.
CREATE INDEX orders_by_update ON orders (client_id, updated_at, row, stage, due_at, vendor_id, branch_id);
CREATE INDEX orders_by_due ON orders (client_id, due_key, row, stage, due_at, vendor_id, branch_id);
CREATE INDEX orders_by_number ON orders (client_id, number_key, row, stage, due_at, vendor_id, branch_id);
CREATE INDEX orders_by_borrower ON orders (client_id, borrower_key, row, stage, due_at, vendor_id, branch_id);
CREATE INDEX orders_by_stage ON orders (client_id, stage, row, due_at, vendor_id, branch_id);
CREATE INDEX orders_by_vendor_name ON orders (client_id, vendor_key, row, stage, due_at, vendor_id, branch_id);
CREATE INDEX orders_search ON orders (client_id, search, stage, due_at, vendor_id, branch_id);
CREATE INDEX orders_by_loan ON orders (loan_id);
CREATE INDEX orders_by_vendor ON orders (vendor_id, stage);
CREATE INDEX loans_by_client ON loans (client_id, id, branch_id, search);
CREATE INDEX history_by_order ON history (order_row, seq);
CREATE INDEX audits_by_order ON audits (order_row, seq);
CREATE INDEX documents_by_order ON documents (order_row, seq);
CREATE INDEX tasks_by_time ON tasks (due_at, seq);
CREATE INDEX ledger_by_order ON ledger (order_id);
CREATE INDEX families_by_user ON families (user_id);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);
CREATE INDEX access_tokens_by_family ON access_tokens (family);
