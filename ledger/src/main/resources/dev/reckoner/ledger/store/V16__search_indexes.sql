-- How entries ended, the newest of each outcome first: what a search for one outcome walks through.
create index entries_outcome on entries (outcome, booked_at, entry_id);

-- What a list of the dearest sessions needs of all of them, so that it doesn't read whole rows.
create index rollups_sessions_cost on rollups_sessions (epoch_day, session_id, user_name, team, project, model,
  input_amount, cache_write_5m_amount, cache_write_1h_amount, cache_read_amount, output_amount, web_search_amount);
