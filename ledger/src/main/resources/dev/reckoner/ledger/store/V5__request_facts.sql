-- Whose bill a request goes on, and how much text it has: what an estimate of its input starts from.
alter table openings add column asked_bill_to varchar;
alter table openings add column asked_text_bytes bigint;
alter table entries add column asked_bill_to varchar;
alter table entries add column asked_text_bytes bigint;
