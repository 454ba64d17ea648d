// Usage and Cost: the same sums over time, in tokens and in money, by whatever tells them apart.

import { get } from '../kit/api.js';
import { controls } from '../kit/controls.js';
import { bars } from '../kit/chart.js';
import { ZERO, decimal, exact, percent, places, toNumber, usd } from '../kit/decimal.js';
import { empty, h, hint, section, tile, tiles } from '../kit/dom.js';
import { axisUsd, compact, count, plural } from '../kit/format.js';
import { DIMENSIONS, dayText, into, link, carried, starts, title } from '../kit/query.js';
import { SERIES_MAX, TYPES, TOKEN_TYPES, cacheRate, cost, folded, groupName, marks, quantity, report, seriesOf, tokens, total } from '../kit/report.js';
import { csvButton, table } from '../kit/table.js';

const TYPE = 'token_type';
const DAY = 86400_000;
const BILLED_DAYS_MAX = 1000;

/** Groups that a table lists; all others stand in its last row. */
const GROUPS_MAX = 500;

const COST_BY = [...DIMENSIONS, [TYPE, 'Token type']];

export async function draw(page) {
  const money = page.path === '/cost';
  const by = choice(page.parameters.get('by'));
  const asked = { by: by === TYPE ? [] : [by], where: page.where, order: money ? 'cost' : 'tokens' };
  const [rows, groups, whole, unstated] = await Promise.all([
    report(page.range, { ...asked, bucket: page.bucket, top: SERIES_MAX }, page.signal),
    report(page.range, { ...asked, top: GROUPS_MAX }, page.signal).then(folded),
    report(page.range, { where: page.where }, page.signal),
    money ? onTheBill(page) : null,
  ]);
  const all = total(whole);
  const nothing = all.exchanges === 0;
  return {
    title: money ? 'Cost' : 'Usage',
    period: page.range.text,
    version: JSON.stringify([rows, groups, whole, unstated], (_, value) => typeof value === 'bigint' ? String(value) : value),
    content: [
      controls(page, { by: COST_BY, grouped: by, buckets: true }),
      nothing ? nothingYet(page) : null,
      nothing ? null : money ? costTiles(all, page, unstated) : usageTiles(all),
      nothing ? null : section(`${money ? 'Cost' : 'Tokens'} by ${label(by)}`, trail(page), chart(page, rows, by, money),
        into(page.range.from, page.bucket) ? hint('Click a bar to look into it.') : null),
      nothing || by === TYPE ? null : groupTable(page, groups, all, by, money),
      nothing ? null : splitTable(all, money),
    ],
  };
}

function choice(asked) {
  return COST_BY.some(([name]) => name === asked) ? asked : 'model';
}

function label(by) {
  return by === TYPE ? 'token type' : title(by).toLowerCase();
}

function nothingYet(page) {
  const filtered = Object.keys(page.where).length > 0;
  return empty('No exchanges in this period.', filtered ? 'Take a filter away, or choose a longer period.'
    : 'Send one through the proxy, or choose a longer period.');
}

function costTiles(all, page, unstated) {
  const days = Math.max(1, Math.ceil((Math.min(page.range.until, Date.now()) - page.range.from) / DAY));
  return tiles(
    tile('Cost', marks(all, true) + usd(cost(all)), pendingNote(all)),
    tile('Per day', usd(cost(all) / BigInt(days), places(cost(all))), `over ${plural(days, 'day')}`),
    tile('Tokens', usd(cost(all) - (all.amounts.WEB_SEARCH ?? ZERO), places(cost(all))), `${count(tokens(all))} of them`),
    tile('Web searches', usd(all.amounts.WEB_SEARCH ?? ZERO, places(cost(all))), plural(quantity(all, 'WEB_SEARCH'), 'search', 'searches')),
    unstatedTile('Code execution', unstated?.codeExecution, unstated),
    unstated && decimal(unstated.sessionTime) ? unstatedTile('Session time', unstated.sessionTime, unstated) : null,
    tile('Exchanges', count(all.exchanges), all.failed ? `${count(all.failed)} failed` : 'none failed'));
}

/** What only the bill has, of days that were reconciled; nobody knows whose it is. Null where it can't be told. */
async function onTheBill(page) {
  const { from, until } = page.range;
  const days = (until - from) / DAY;
  if (!Number.isInteger(days) || days > BILLED_DAYS_MAX || Object.keys(page.where).length > 0) {
    return null;
  }
  return get('unstated', { from: dayText(from), to: dayText(new Date(until.getTime() - DAY)) }, page.signal);
}

function unstatedTile(name, amount, unstated) {
  return unstated?.daysReconciled
    ? tile(name, usd(decimal(amount)), `by the bill of ${plural(unstated.daysReconciled, 'reconciled day')}; no response states it`)
    : tile(name, '–', unstated ? 'on the bill only: known once reconciled' : 'on the bill only, whole days of everybody');
}

function pendingNote(all) {
  const notes = [];
  if (all.pending) {
    notes.push(`${plural(all.pending, 'exchange')} without a rate yet`);
  }
  if (all.estimated) {
    notes.push(`${count(all.estimated)} estimated`);
  }
  return notes.join(', ') || 'exact';
}

function usageTiles(all) {
  const rate = cacheRate(all);
  return tiles(
    tile('Tokens', marks(all, false) + count(tokens(all)), all.estimated ? `${count(all.estimated)} exchanges estimated` : 'as the responses state'),
    tile('Input', count(tokens(all) - quantity(all, 'OUTPUT')), 'uncached, written and read'),
    tile('Output', count(quantity(all, 'OUTPUT'))),
    tile('Cache rate', rate === null ? '–' : `${rate} %`, 'of input read from the cache'),
    tile('Web searches', count(quantity(all, 'WEB_SEARCH'))),
    tile('Exchanges', count(all.exchanges), all.failed ? `${count(all.failed)} failed` : 'none failed'));
}

/** The way back up from an hour to its day, from a day to its month. */
function trail(page) {
  if (page.range.last) {
    return null;
  }
  const day = page.range.from.toISOString().slice(0, 10);
  const steps = [];
  if (page.bucket === 'minute') {
    steps.push(h('a', { href: page.link({ since: day, until: day, bucket: 'hour' }) }, `all of ${day}`));
  }
  if (page.bucket !== 'day') {
    const month = day.slice(0, 7);
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
    steps.push(h('a', { href: page.link({ since: `${month}-01`, until: last, bucket: 'day' }) }, `all of ${month}`));
  }
  return steps;
}

function chart(page, rows, by, money) {
  const all = starts(page.range, page.bucket);
  const series = by === TYPE ? typeSeries(rows, all, money) : seriesOf(rows, all, money);
  const digits = places(cost(total(rows)));
  return bars({
    label: `${money ? 'Cost' : 'Tokens'} per ${page.bucket} by ${label(by)}`,
    starts: all, bucket: page.bucket, series,
    axis: money ? axisUsd : compact,
    show: (value, one, index) => money ? (one?.exact ? usd(one.exact[index], digits) : axisMoney(value, digits)) : count(Math.round(value)),
    onpick: into(page.range.from, page.bucket) ? (start) => page.go(page.link(into(start, page.bucket))) : null,
  });
}

function axisMoney(value, digits) {
  return value >= 10 ** -digits ? '$' + value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }) : `<$${10 ** -digits}`;
}

function typeSeries(rows, all, money) {
  const at = new Map(all.map((start, index) => [start.getTime(), index]));
  return (money ? TYPES : TOKEN_TYPES).map(([type, name]) => {
    const one = { name, values: all.map(() => 0), exact: all.map(() => ZERO) };
    for (const row of rows) {
      const index = at.get(row.start.getTime());
      if (index !== undefined) {
        one.exact[index] = row.sums.amounts[type] ?? ZERO;
        one.values[index] = money ? toNumber(one.exact[index]) : quantity(row.sums, type);
      }
    }
    return one;
  }).filter((one) => size(one) > 0);
}

function size(one) {
  return one.values.reduce((some, value) => some + value, 0);
}

function groupTable(page, groups, all, by, money) {
  const digits = places(cost(all));
  const share = (row) => money ? percent(cost(row.sums), cost(all)) : percent(BigInt(tokens(row.sums)), BigInt(tokens(all)));
  const columns = [
    { title: title(by), show: (row) => row.rest ? groupName(row) : h('a', { href: only(page, by, row) }, groupName(row)), csv: groupName, sort: groupName },
    ...(money ? [] : [{ title: 'Tokens', number: true, show: (row) => marks(row.sums, false) + count(tokens(row.sums)), csv: (row) => tokens(row.sums), sort: (row) => tokens(row.sums) }]),
    { title: 'Cost', number: true, show: (row) => marks(row.sums, true) + usd(cost(row.sums), digits), csv: (row) => exact(cost(row.sums)), sort: (row) => cost(row.sums) },
    { title: 'Share', number: true, show: share, csv: share, sort: (row) => money ? cost(row.sums) : tokens(row.sums) },
    { title: 'Exchanges', number: true, wide: true, show: (row) => count(row.sums.exchanges), csv: (row) => row.sums.exchanges, sort: (row) => row.sums.exchanges },
    ...(money ? TYPES.map(([type, name]) => ({ title: name, number: true, wide: true, show: (row) => row.sums.amounts[type] ? usd(row.sums.amounts[type], digits) : '–',
      csv: (row) => exact(row.sums.amounts[type] ?? ZERO), sort: (row) => row.sums.amounts[type] ?? ZERO }))
      : TYPES.map(([type, name]) => ({ title: name, number: true, wide: true, show: (row) => count(quantity(row.sums, type)), csv: (row) => quantity(row.sums, type), sort: (row) => quantity(row.sums, type) }))),
  ];
  const totals = columns.map((column) => ({ Exchanges: count(all.exchanges), Tokens: marks(all, false) + count(tokens(all)), Cost: marks(all, true) + usd(cost(all), digits), Share: '' }[column.title]
    ?? typeTotal(column.title, all, money, digits)));
  return section(`By ${label(by)}`, csvButton(`${money ? 'cost' : 'usage'}-by-${by}`, columns, groups),
    table({ caption: `${money ? 'Cost' : 'Usage'} by ${label(by)}`, columns, rows: groups, total: totals }),
    all.pending || all.estimated || by === 'tag' ? hint(by === 'tag' ? 'An exchange counts under each of its tags, and once in the total. ' : '', all.pending ? '? waits for a rate: its tokens count, its cost is not known yet. ' : '', all.estimated ? '~ has estimated tokens: the stream was cut before its final usage.' : '') : null);
}

function typeTotal(name, all, money, digits) {
  const known = TYPES.find(([, titled]) => titled === name);
  return known ? (money ? usd(all.amounts[known[0]] ?? ZERO, digits) : count(quantity(all, known[0]))) : '';
}

function only(page, by, row) {
  if (by === 'user') {
    return link('/people', carried(page.parameters), { user: row.group[0] });
  }
  return page.link({ [by]: row.group[0], by: by === 'model' ? 'user' : 'model' });
}

function splitTable(all, money) {
  const digits = places(cost(all));
  const rows = TYPES.map(([type, name]) => ({ type, name, quantity: quantity(all, type), amount: all.amounts[type] ?? ZERO }));
  const columns = [
    { title: 'Token type', show: (row) => row.name },
    { title: 'Quantity', number: true, show: (row) => count(row.quantity), csv: (row) => row.quantity },
    { title: 'Cost', number: true, show: (row) => usd(row.amount, digits), csv: (row) => exact(row.amount) },
    { title: 'Share of cost', number: true, show: (row) => percent(row.amount, cost(all)) },
  ];
  return section('By token type', csvButton(`${money ? 'cost' : 'usage'}-by-token-type`, columns, rows),
    table({ caption: 'By token type', columns, rows, total: ['', '', usd(cost(all), digits), ''] }));
}
