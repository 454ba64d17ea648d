-- Alerts until and after they are delivered. facts is a JSON object of strings.
create table alerts (
  alert_id bigint primary key,
  kind varchar(32) not null,
  about varchar not null,
  raised_at bigint not null,
  message varchar not null,
  facts varchar not null,
  repeats bigint not null,
  last_at bigint not null,
  delivery varchar(16) not null,
  attempts integer not null,
  due_at bigint,
  sent_at bigint,
  problem varchar
);

create index alerts_about on alerts (kind, about, raised_at);
create index alerts_due on alerts (due_at);
create index alerts_last on alerts (last_at, alert_id);

insert into sequences (name, taken) values ('alerts', 0);
