-- Which of our keys an exchange came with, and what its response's head said about the vendor's rate limits.
alter table openings add column virtual_key varchar;
alter table openings add column rate_limits varchar;
alter table entries add column virtual_key varchar;
alter table entries add column rate_limits varchar;
alter table batches add column virtual_key varchar;
alter table dims add column virtual_key varchar default '' not null;
