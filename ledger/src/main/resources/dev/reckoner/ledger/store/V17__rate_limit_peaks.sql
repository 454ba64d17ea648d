-- How near each hour came to the vendor's rate limits, by model, user and key, as the entries say it. Kept for blocks of six
-- hours that lie behind; a block whose exchanges change is no longer kept until it is added up again.
create table peak_blocks (
  epoch_block bigint primary key
);

create table peaks_hourly (
  epoch_hour bigint not null,
  grouped_by varchar(16) not null,
  group_name varchar not null,
  peak_input bigint not null,
  peak_input_at bigint,
  peak_output bigint not null,
  peak_output_at bigint,
  peak_requests bigint not null,
  peak_requests_at bigint,
  input bigint not null,
  cache_read bigint not null,
  output bigint not null,
  requests bigint not null,
  throttled bigint not null,
  limit_requests bigint,
  limit_input bigint,
  limit_output bigint,
  throttled_users varchar not null,
  primary key (epoch_hour, grouped_by, group_name)
);
