-- Sums per day and session over the entries of metered routes, by who caused them and model. The tuple stands in the row
-- itself, for a list of sessions looks at all of a month and dims is the largest of the small tables. started_at and
-- ended_at are of the exchanges counted in the row; where there are only lines of another one, they are the largest and
-- the smallest number, so that they don't count in any minimum or maximum. api_nanos is how long the exchanges took,
-- amount_most what the dearest entry came to when it was booked or corrected: a search for dear ones looks here first.

create table rollups_sessions (
  epoch_day bigint not null,
  dims_id uuid not null,
  user_name varchar not null,
  team varchar not null,
  project varchar not null,
  session_id varchar not null,
  model varchar not null,
  started_at bigint not null,
  ended_at bigint not null,
  api_nanos bigint not null,
  amount_most numeric(38, 18) not null,
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
  primary key (epoch_day, dims_id)
);

create index rollups_sessions_session on rollups_sessions (session_id, epoch_day);
create index rollups_sessions_user on rollups_sessions (user_name, epoch_day);
