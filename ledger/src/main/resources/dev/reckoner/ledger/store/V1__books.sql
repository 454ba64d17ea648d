-- The books. One dialect for H2 (MODE=PostgreSQL) and PostgreSQL.
--
-- Instants are BIGINT nanoseconds since 1970-01-01T00:00Z: exact, ordered, and no session's time zone can touch them.
-- Hours are BIGINT hours since the same instant. Money is USD in NUMERIC(38,18). Text that was not stated is null in
-- entries and lines (they round-trip exactly) and empty in dims (they are grouped by).

-- How far the store has taken the journal's frames; moved in the transaction that takes them.
create table journal_mark (
  journal varchar(64) primary key,
  segment_no bigint not null,
  byte_offset bigint not null
);

-- The last number given out. A row is updated in the transaction that uses the numbers, so that numbers become visible
-- in their own order and a reader who follows the entries never misses one.
create table sequences (
  name varchar(64) primary key,
  taken bigint not null
);

-- What is in flight: the last known facts of each exchange without an entry, in the columns of entries. Where nothing
-- was noted yet, those that only a closing knows hold placeholders.
create table openings (
  exchange_id uuid primary key,
  noted boolean not null,
  started_at bigint not null,
  ended_at bigint not null,
  first_byte_at bigint,
  route varchar(32) not null,
  method varchar not null,
  path varchar not null,
  status integer not null,
  outcome varchar(64) not null,
  outcome_detail varchar,
  request_id varchar,
  organization_id varchar,
  workspace_id varchar,
  bytes_in bigint not null,
  bytes_out bigint not null,
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
  asked_model varchar,
  asked_stream boolean,
  asked_max_tokens bigint,
  asked_service_tier varchar,
  asked_speed varchar,
  asked_inference_geo varchar,
  asked_betas varchar,
  message_id varchar,
  model varchar,
  usage_final boolean not null,
  stop_reason varchar,
  content_empty boolean,
  error_type varchar,
  output_text_bytes bigint not null,
  raw_usage varchar,
  usage_fault varchar,
  usage_seen boolean not null,
  input_tokens bigint,
  output_tokens bigint,
  cache_creation_input_tokens bigint,
  cache_read_input_tokens bigint,
  ephemeral_5m_input_tokens bigint,
  ephemeral_1h_input_tokens bigint,
  thinking_tokens bigint,
  web_search_requests bigint,
  web_fetch_requests bigint,
  service_tier varchar,
  inference_geo varchar,
  speed varchar,
  iterations varchar
);

-- The tuples that reports group by, each once. dims_id is a digest of the other columns.
create table dims (
  dims_id uuid primary key,
  user_name varchar not null,
  team varchar not null,
  project varchar not null,
  session_id varchar not null,
  tags varchar not null,
  key_hash varchar not null,
  key_hint varchar not null,
  workspace_id varchar not null,
  model varchar not null,
  service_tier varchar not null,
  speed varchar not null,
  inference_geo varchar not null,
  context_window varchar not null
);

-- The tags of a tuple one by one, for filters.
create table dims_tags (
  dims_id uuid not null,
  tag varchar not null,
  primary key (dims_id, tag)
);

create table entries (
  entry_id bigint primary key,
  exchange_id uuid not null,
  revision integer not null,
  dims_id uuid not null,
  line_count integer not null,
  amount numeric(38, 18) not null,
  booked_at bigint not null,
  started_at bigint not null,
  ended_at bigint not null,
  first_byte_at bigint,
  route varchar(32) not null,
  method varchar not null,
  path varchar not null,
  status integer not null,
  outcome varchar(64) not null,
  outcome_detail varchar,
  request_id varchar,
  organization_id varchar,
  workspace_id varchar,
  bytes_in bigint not null,
  bytes_out bigint not null,
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
  asked_model varchar,
  asked_stream boolean,
  asked_max_tokens bigint,
  asked_service_tier varchar,
  asked_speed varchar,
  asked_inference_geo varchar,
  asked_betas varchar,
  message_id varchar,
  model varchar,
  usage_final boolean not null,
  stop_reason varchar,
  content_empty boolean,
  error_type varchar,
  output_text_bytes bigint not null,
  raw_usage varchar,
  usage_fault varchar,
  usage_seen boolean not null,
  input_tokens bigint,
  output_tokens bigint,
  cache_creation_input_tokens bigint,
  cache_read_input_tokens bigint,
  ephemeral_5m_input_tokens bigint,
  ephemeral_1h_input_tokens bigint,
  thinking_tokens bigint,
  web_search_requests bigint,
  web_fetch_requests bigint,
  service_tier varchar,
  inference_geo varchar,
  speed varchar,
  iterations varchar,
  rating_status varchar(32) not null,
  rating_reason varchar,
  estimated boolean not null,
  estimate_method varchar,
  constraint entries_exchange unique (exchange_id, revision)
);

-- route stands in it so that lines are summed without reading their entries
create index entries_booked on entries (booked_at, entry_id, route);
create index entries_request on entries (request_id);
create index entries_message on entries (message_id);

-- line_id is entry_id * 1000000 + the line's place in its entry: one number, because the embedded database keeps a
-- table in the order of such a key, and lines are what there is most of.
create table lines (
  line_id bigint primary key,
  dims_id uuid not null,
  attempt integer not null,
  model varchar not null,
  token_type varchar(32) not null,
  quantity bigint not null,
  rate numeric(38, 18),
  factor numeric(38, 18) not null,
  amount numeric(38, 18),
  service_tier varchar,
  speed varchar,
  inference_geo varchar,
  context_window varchar,
  rate_version varchar
);

-- Sums per hour and tuple over the entries of metered routes.
create table rollups_hourly (
  epoch_hour bigint not null,
  dims_id uuid not null,
  exchanges bigint not null,
  failed bigint not null,
  pending bigint not null,
  estimated bigint not null,
  input_quantity bigint not null,
  cache_write_5m_quantity bigint not null,
  cache_write_1h_quantity bigint not null,
  cache_read_quantity bigint not null,
  output_quantity bigint not null,
  web_search_quantity bigint not null,
  input_amount numeric(38, 18) not null,
  cache_write_5m_amount numeric(38, 18) not null,
  cache_write_1h_amount numeric(38, 18) not null,
  cache_read_amount numeric(38, 18) not null,
  output_amount numeric(38, 18) not null,
  web_search_amount numeric(38, 18) not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (epoch_hour, dims_id)
);

insert into sequences (name, taken) values ('entries', 0);
