-- Our own keys. A secret is its keyed hash and a hint; rotating gives the same key another secret, and the one before
-- stays valid until former_until.
create table virtual_keys (
  key_id varchar(64) primary key,
  secret_hash varchar(64) not null,
  secret_hint varchar(64) not null,
  former_hash varchar(64),
  former_hint varchar(64),
  former_until bigint,
  name varchar not null,
  user_name varchar,
  team varchar,
  project varchar,
  tags varchar,
  models varchar,
  credential varchar not null,
  client_trust varchar(32) not null,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint
);

-- Every change of a key, with when and from where. Only ever inserted.
create table virtual_key_changes (
  change_id bigint primary key,
  key_id varchar(64) not null,
  changed_at bigint not null,
  change varchar(32) not null,
  detail varchar not null,
  origin varchar not null
);

create index virtual_key_changes_key on virtual_key_changes (key_id, change_id);

-- The last change: proxies that share the store look at this row to see whether to read the keys again.
insert into sequences (name, taken) values ('virtual_keys', 0);
