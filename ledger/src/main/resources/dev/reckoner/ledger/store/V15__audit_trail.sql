-- Everything that somebody changed, with who and from where. Only ever inserted, and where the change is in this store in
-- the transaction that makes it. An empty text stands for "nothing there".
create table audit_trail (
  change_id bigint primary key,
  changed_at bigint not null,
  who varchar not null,
  origin varchar not null,
  what varchar(32) not null,
  about varchar not null,
  value_before varchar not null,
  value_after varchar not null
);

-- What was noted elsewhere before there was one trail.
insert into audit_trail (change_id, changed_at, who, origin, what, about, value_before, value_after)
select row_number() over (order by changed_at, place, number), changed_at, who, '', what, about, value_before, value_after
from (
  select changed_at, 1 as place, change_id as number, origin as who, 'KEY_' || upper(change) as what, key_id as about,
    '' as value_before, detail as value_after
  from virtual_key_changes
  union all
  select changed_at, 2, change_id, changed_by, 'LIMIT_' || action, limit_id,
    case when action = 'REMOVED' then rule else '' end, case when action = 'REMOVED' then '' else rule end
  from limit_changes
  union all
  select recorded_at, 3, event_id, source, 'CREDIT_NOTED', lower(kind), '', coalesce(cast(amount as varchar), '')
  from credit_events
) noted;

insert into sequences (name, taken) select 'audit_trail', count(*) from audit_trail;
