-- The count of code executions that a usage object may state (api-facts §1.1); the raw usage had it before.
alter table openings add column code_execution_requests bigint;
alter table entries add column code_execution_requests bigint;
