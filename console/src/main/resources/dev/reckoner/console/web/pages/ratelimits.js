// Rate limits and cache: how near each hour came to the vendor's limits, who was throttled, and whether caching pays.

import { get } from '../kit/api.js';
import { lines } from '../kit/chart.js';
import { controls } from '../kit/controls.js';
import { decimal, exact, percent, places, usd } from '../kit/decimal.js';
import { badge, empty, h, hint, section, select, tile, tiles } from '../kit/dom.js';
import { compact, count } from '../kit/format.js';
import { named, starts, title } from '../kit/query.js';
import { csvButton, table } from '../kit/table.js';

const BY = [['model', 'Model'], ['user', 'User'], ['key', 'Key']];
const HOURLY_DAYS = 31;
const VERDICTS = { PAYS: 'pays', LOSES: 'loses money', EVEN: 'even' };

export async function draw(page) {
  const by = BY.some(([name]) => name === page.parameters.get('by')) ? page.parameters.get('by') : 'model';
  const range = page.range.until - page.range.from > HOURLY_DAYS * 86400_000
    ? { ...page.range, from: new Date(page.range.until.getTime() - HOURLY_DAYS * 86400_000) } : page.range;
  const span = { from: range.from.toISOString(), until: range.until.toISOString() };
  const bucket = range.until - range.from <= 86400_000 && page.bucket === 'minute' ? 'minute' : 'hour';
  const [{ rows }, cache] = await Promise.all([
    get('ratelimits', { ...span, bucket, by }, page.signal),
    get('cache', { ...span, by: page.parameters.get('app') ?? 'project' }, page.signal),
  ]);
  const groups = [...new Set(rows.map((row) => row.group))].sort();
  const chosen = groups.includes(page.parameters.get('of')) ? page.parameters.get('of') : busiest(rows);
  return {
    title: 'Rate limits and cache', period: range === page.range ? range.text : `last ${HOURLY_DAYS} days`,
    version: JSON.stringify([rows, cache]),
    content: [
      controls(page, { by: BY, grouped: by, filters: false }),
      rows.length === 0 ? empty('No exchanges in this period.') : [
        summary(rows),
        section('Peak minute of each hour against the limit', groups.length > 1 ? select('of', groups.map((group) => [group, named(group)]), chosen, (value) => page.go(page.link({ of: value }))) : null,
          h('div', { class: 'two' },
            peak(range, rows.filter((row) => row.group === chosen), bucket, 'Uncached input tokens per minute', 'peakInput', 'inputTokens'),
            peak(range, rows.filter((row) => row.group === chosen), bucket, 'Output tokens per minute', 'peakOutput', 'outputTokens')),
          hint('Tokens read from the cache do not count towards the input limit. The dashed line is the limit that the vendor stated in that hour.')),
        groupTable(rows, by),
      ],
      cacheTable(page, cache),
    ],
  };
}

function busiest(rows) {
  return rows.reduce((most, row) => most === null || row.peakInput.most > most.peakInput.most ? row : most, null)?.group ?? '';
}

function summary(rows) {
  const throttled = rows.reduce((all, row) => all + row.throttled, 0);
  const input = rows.reduce((all, row) => all + row.input + row.cacheRead, 0);
  const read = rows.reduce((all, row) => all + row.cacheRead, 0);
  const users = new Map();
  rows.flatMap((row) => row.throttledUsers).forEach(({ user, requests }) => users.set(user, (users.get(user) ?? 0) + requests));
  const most = [...users].sort((a, b) => b[1] - a[1])[0];
  return tiles(
    tile('Cache rate', input === 0 ? '–' : `${(read * 100 / input).toFixed(1)} %`, 'of input read from the cache'),
    tile('Throttled', count(throttled), most ? `answered 429, most of ${named(most[0])}: ${count(most[1])}` : 'none was answered 429'),
    tile('Nearest to a limit', nearest(rows)));
}

function nearest(rows) {
  let most = 0;
  for (const row of rows) {
    most = Math.max(most, use(row.peakInput.most, row.limits?.inputTokens), use(row.peakOutput.most, row.limits?.outputTokens), use(row.peakRequests.most, row.limits?.requests));
  }
  return most === 0 ? 'no limit stated' : `${(most * 100).toFixed(most < 0.1 ? 2 : 0)} %`;
}

function use(peak, limit) {
  return limit ? peak / limit : 0;
}

function peak(range, rows, bucket, label, what, limit) {
  const all = starts(range, bucket);
  const at = new Map(all.map((start, index) => [start.getTime(), index]));
  const values = all.map(() => 0);
  const limits = all.map(() => null);
  for (const row of rows) {
    const index = at.get(Date.parse(row.start));
    if (index !== undefined) {
      values[index] = row[what].most;
      limits[index] = row.limits?.[limit] ?? null;
    }
  }
  const high = Math.max(...values);
  const stated = limits.filter((value) => value !== null);
  const near = stated.some((value) => value < high * 20);
  return h('div', {}, h('h3', {}, label),
    lines({ label, starts: all, bucket, axis: compact, show: (value) => count(value),
      series: [{ name: 'Peak', values }, ...(near ? [{ name: 'Limit', values: limits, dashed: true }] : [])] }),
    near || stated.length === 0 ? null : hint(`The limit of ${count(Math.min(...stated))} is far above and not drawn.`));
}

function groupTable(rows, by) {
  const groups = new Map();
  for (const row of rows) {
    const known = groups.get(row.group) ?? { group: row.group, input: 0, cacheRead: 0, throttled: 0, requests: 0, peaks: {} };
    known.input += row.input;
    known.cacheRead += row.cacheRead;
    known.throttled += row.throttled;
    known.requests += row.requests;
    for (const [what, limit] of [['peakInput', 'inputTokens'], ['peakOutput', 'outputTokens'], ['peakRequests', 'requests']]) {
      if (!known.peaks[what] || row[what].most > known.peaks[what].most) {
        known.peaks[what] = { ...row[what], limit: row.limits?.[limit] ?? null };
      }
    }
    groups.set(row.group, known);
  }
  const list = [...groups.values()].sort((a, b) => b.input - a.input);
  const column = (title, what) => ({ title, number: true, show: (row) => [count(row.peaks[what].most), row.peaks[what].limit ? h('div', { class: 'hint' }, `of ${compact(row.peaks[what].limit)}`) : ''], csv: (row) => row.peaks[what].most, sort: (row) => row.peaks[what].most });
  const rate = (row) => row.input + row.cacheRead === 0 ? '–' : `${(row.cacheRead * 100 / (row.input + row.cacheRead)).toFixed(1)} %`;
  const columns = [
    { title: by[0].toUpperCase() + by.slice(1), show: (row) => named(row.group), sort: (row) => row.group },
    column('Peak ITPM', 'peakInput'), column('Peak OTPM', 'peakOutput'), { ...column('Peak RPM', 'peakRequests'), wide: true },
    { title: 'Cache rate', number: true, show: rate, sort: (row) => row.cacheRead / Math.max(1, row.input + row.cacheRead) },
    { title: 'Throttled', number: true, show: (row) => count(row.throttled), csv: (row) => row.throttled, sort: (row) => row.throttled },
    { title: 'Requests', number: true, wide: true, show: (row) => count(row.requests), csv: (row) => row.requests, sort: (row) => row.requests },
  ];
  return section(`Peaks by ${by}`, csvButton(`peaks-by-${by}`, columns, list), table({ caption: `Peaks by ${by}`, columns, rows: list }));
}

function cacheTable(page, cache) {
  const rows = cache.rows;
  const digits = places(rows.reduce((most, row) => decimal(row.saved) > most ? decimal(row.saved) : most, decimal('0')));
  const money = (text) => usd(decimal(text), digits);
  const premium = (row) => decimal(row.premium5m) + decimal(row.premium1h);
  const tokens = (title, name) => ({ title, number: true, wide: true, show: (row) => count(row[name]), csv: (row) => row[name], sort: (row) => row[name] });
  const by = page.parameters.get('app') ?? 'project';
  const columns = [
    { title: title(by), show: (row) => named(Object.values(row.group)[0]), sort: (row) => Object.values(row.group)[0] },
    tokens('Written 5m', 'written5m'), tokens('Written 1h', 'written1h'), tokens('Read', 'read'),
    { title: 'Cache rate', number: true, wide: true, show: (row) => row.cacheRate === null ? '–' : percent(decimal(row.cacheRate), decimal('1')) },
    { title: 'Paid for writing', number: true, show: (row) => usd(premium(row), digits), csv: (row) => exact(premium(row)), sort: premium },
    { title: 'Saved by reading', number: true, show: (row) => money(row.saved), csv: (row) => exact(decimal(row.saved)), sort: (row) => decimal(row.saved) },
    { title: 'Net', number: true, show: (row) => money(row.net), csv: (row) => exact(decimal(row.net)), sort: (row) => decimal(row.net) },
    { title: 'Verdict', show: (row) => badge(VERDICTS[row.verdict] ?? row.verdict, decimal(row.net) < 0n ? 'bad' : 'good'), csv: (row) => row.verdict.toLowerCase() },
  ];
  return section('Does caching pay?', [select('app', [['project', 'by project'], ['user', 'by user'], ['key', 'by key'], ['model', 'by model']], by, (value) => page.go(page.link({ app: value }))), rows.length ? csvButton(`cache-by-${by}`, columns, rows) : null],
    table({ caption: 'What caching cost and saved', columns, rows, none: 'Nothing was written to a cache or read from one.' }),
    hint('Paid: what writing cost above plain input. Saved: what reading cost below plain input. A negative net is money lost.'));
}
