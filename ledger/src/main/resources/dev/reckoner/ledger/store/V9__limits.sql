-- Limits that were set while the books were open, as the line that says them (docs/limits.md), and every change of them.
create table limits (
  limit_id varchar(64) primary key,
  rule varchar not null,
  created_at bigint not null
);

-- Only ever inserted. Its sequence tells every server on these books that something has changed.
create table limit_changes (
  change_id bigint primary key,
  limit_id varchar(64) not null,
  changed_at bigint not null,
  action varchar(16) not null,
  rule varchar not null,
  changed_by varchar not null
);

create index limit_changes_limit on limit_changes (limit_id, change_id);

insert into sequences (name, taken) values ('limit_changes', 0);
