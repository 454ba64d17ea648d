-- What was said of the prepaid credits. Only ever inserted: a later note says otherwise.
create table credit_events (
  event_id bigint primary key,
  kind varchar(16) not null,
  holds_at bigint not null,
  amount numeric(38, 18),
  up_to numeric(38, 18),
  source varchar not null,
  recorded_at bigint not null
);

insert into sequences (name, taken) values ('credit_events', 0);
