// Sums over exchanges, asked of the same report that the command line prints, added up without loss.

import { get } from './api.js';
import { ZERO, decimal, sum, toNumber } from './decimal.js';
import { named } from './query.js';

export const TYPES = [
  ['INPUT', 'Uncached input'], ['CACHE_WRITE_5M', 'Cache write 5m'], ['CACHE_WRITE_1H', 'Cache write 1h'],
  ['CACHE_READ', 'Cache read'], ['OUTPUT', 'Output'], ['WEB_SEARCH', 'Web searches'],
];
export const TOKEN_TYPES = TYPES.filter(([type]) => type !== 'WEB_SEARCH');

/** Series that can be told apart, those of all others included. */
export const SERIES_MAX = 10;

export const NOTHING = { exchanges: 0, failed: 0, pending: 0, estimated: 0, quantities: {}, amounts: {} };

/**
 * Rows of a report: start (a Date, or null), group, sums. With top at most so many groups, the largest in cost or tokens;
 * the last of them are all others, added up, and have a row of which rest says how many they are.
 */
export async function report(range, { bucket = 'all', by = [], where = {}, top = null, order = null }, signal) {
  const parameters = { from: range.from.toISOString(), until: range.until.toISOString(), bucket, by, top, order };
  for (const [name, values] of Object.entries(where)) {
    parameters['where.' + name] = values;
  }
  const answer = await get('report', parameters, signal);
  return answer.rows.map((row) => ({
    start: row.start === null ? null : new Date(row.start), group: row.group, rest: row.others,
    sums: sums(row.sums), first: row.first, last: row.last,
  }));
}

/** Sums as the server sends them, with amounts that can be added. */
export function sums(sent) {
  const amounts = {};
  for (const [type, amount] of Object.entries(sent.amounts)) {
    amounts[type] = decimal(amount);
  }
  return { ...sent, amounts };
}

export function plus(one, other) {
  const quantities = { ...one.quantities };
  const amounts = { ...one.amounts };
  for (const [type, quantity] of Object.entries(other.quantities)) {
    quantities[type] = (quantities[type] ?? 0) + quantity;
  }
  for (const [type, amount] of Object.entries(other.amounts)) {
    amounts[type] = (amounts[type] ?? ZERO) + amount;
  }
  return {
    exchanges: one.exchanges + other.exchanges, failed: one.failed + other.failed, pending: one.pending + other.pending,
    estimated: one.estimated + other.estimated, quantities, amounts,
  };
}

export function total(rows) {
  return rows.reduce((all, row) => plus(all, row.sums), NOTHING);
}

/** One sum per group over all buckets, the dearest first. */
export function folded(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = groupKey(row);
    const known = groups.get(key);
    groups.set(key, { group: row.group, rest: row.rest, sums: known ? plus(known.sums, row.sums) : row.sums });
  }
  return [...groups.values()].sort((a, b) => Number(Boolean(a.rest)) - Number(Boolean(b.rest)) || compare(cost(b.sums), cost(a.sums)) || tokens(b.sums) - tokens(a.sums));
}

/** Tells groups apart, whatever they are called; all others are the group of none. */
export function groupKey(row) {
  return JSON.stringify(row.group);
}

/** What a group is called; all others are called by their number. */
export function groupName(row) {
  return row.rest ? `${row.rest} others` : named(row.group[0]);
}

/** A chart's series: what each group cost, or its tokens, in each bucket; no more than can be told apart. */
export function seriesOf(rows, starts, money = true) {
  const at = new Map(starts.map((start, index) => [start.getTime(), index]));
  const series = new Map(folded(rows).map((group) => [groupKey(group), {
    name: groupName(group), rest: group.rest, values: starts.map(() => 0), exact: starts.map(() => ZERO),
  }]));
  for (const row of rows.filter((one) => at.has(one.start.getTime()))) {
    const one = series.get(groupKey(row));
    const index = at.get(row.start.getTime());
    one.exact[index] = cost(row.sums);
    one.values[index] = money ? toNumber(one.exact[index]) : tokens(row.sums);
  }
  const list = [...series.values()];
  return list.length > SERIES_MAX ? [...list.slice(0, SERIES_MAX - 1), others(list.slice(SERIES_MAX - 1))] : list;
}

function others(series) {
  return {
    name: `${series.reduce((all, one) => all + (one.rest || 1), 0)} others`, rest: true,
    values: series[0].values.map((_, at) => series.reduce((all, one) => all + one.values[at], 0)),
    exact: series[0].exact.map((_, at) => sum(series.map((one) => one.exact[at]))),
  };
}

export function cost(all) {
  return sum(Object.values(all.amounts));
}

export function quantity(all, type) {
  return all.quantities[type] ?? 0;
}

export function tokens(all) {
  return TOKEN_TYPES.reduce((some, [type]) => some + quantity(all, type), 0);
}

/** Tokens read from the cache as tenths of a percent of all input; null without input. */
export function cacheRate(all) {
  const input = TOKEN_TYPES.filter(([type]) => type !== 'OUTPUT').reduce((some, [type]) => some + quantity(all, type), 0);
  return input === 0 ? null : Math.round(quantity(all, 'CACHE_READ') * 1000 / input) / 10;
}

/** "?" where exchanges wait for a rate, "~" where an output is estimated, as the command line marks figures; never parted from them. */
export function marks(all, money) {
  return (money && all.pending > 0 ? '?\u2060' : '') + (all.estimated > 0 ? '~\u2060' : '');
}

export function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
