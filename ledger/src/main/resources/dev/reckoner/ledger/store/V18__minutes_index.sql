-- With all that sums by the minute ask of an entry itself, so that they read its lines and not the whole of it.
drop index entries_booked;
create index entries_booked on entries (booked_at, entry_id, route, dims_id, started_at, ended_at, status, outcome,
  asked_model, rating_status, estimated);
