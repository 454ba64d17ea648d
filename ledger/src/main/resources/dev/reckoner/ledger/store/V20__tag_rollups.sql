-- Sums per day and tuple over the entries of metered routes, with who caused them and under which tags but not in which
-- session: what whole days by tag are read from.

create table rollups_tags (
  epoch_day bigint not null,
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
  primary key (epoch_day, dims_id)
);
