-- Correcting entries. Entries, lines and the entry a correction replaces all stay as they were (P7).
--
-- A correction puts one more revision into entries, and into lines, under the new entry's number, its own lines and the
-- reversal of the lines of the entry it replaces: quantity and amount negated, rate, factor and tuple as they were. So
-- sums over lines are right without a look at this table, and so are the rollups, which move by the difference. A line's
-- place below 500000 is the entry's own, the reversal of an old place is that place + 500000.

create table corrections (
  replaced_entry_id bigint primary key,
  entry_id bigint not null,
  exchange_id uuid not null,
  revision integer not null,
  corrected_at bigint not null,
  cause varchar(64) not null,
  reason varchar not null,
  old_amount numeric(38, 18) not null,
  new_amount numeric(38, 18) not null,
  constraint corrections_exchange unique (exchange_id, revision)
);
