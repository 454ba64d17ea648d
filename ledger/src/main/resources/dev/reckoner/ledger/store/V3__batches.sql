-- Batches: what an entry of an item is an item of, and what is remembered of each batch.

alter table openings add column batch_id varchar;
alter table openings add column custom_id varchar;
alter table entries add column batch_id varchar;
alter table entries add column custom_id varchar;

create index entries_batch on entries (batch_id, entry_id);

-- The last known state of each batch that was created, looked at or downloaded through the proxy. revision is the
-- number of the state within its batch: a state that comes again, or late, changes nothing.
create table batches (
  batch_id varchar primary key,
  revision bigint not null,
  created_by uuid,
  user_name varchar,
  user_source varchar(32),
  team varchar,
  team_source varchar(32),
  project varchar,
  project_source varchar(32),
  session_id varchar,
  session_source varchar(32),
  tags varchar,
  key_hash varchar not null,
  key_hint varchar not null,
  key_kind varchar(32) not null,
  workspace_id varchar,
  processing_status varchar,
  created_at bigint,
  ended_at bigint,
  expires_at bigint,
  processing bigint,
  succeeded bigint,
  errored bigint,
  canceled bigint,
  expired bigint,
  seen_at bigint not null,
  collected_at bigint,
  items_booked bigint not null
);

create index batches_seen on batches (seen_at);
