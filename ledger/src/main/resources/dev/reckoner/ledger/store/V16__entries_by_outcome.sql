-- How entries ended, the newest of each outcome first: what a search for one outcome walks through.
create index entries_outcome on entries (outcome, booked_at, entry_id);
