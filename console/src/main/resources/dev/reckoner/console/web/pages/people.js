// People: what each user, team or project cost, and where it went; a person's own page goes down to the sessions.

import { proxyAddress } from '../kit/api.js';
import { controls } from '../kit/controls.js';
import { exact, percent, places, toNumber, usd } from '../kit/decimal.js';
import { empty, h, section } from '../kit/dom.js';
import { count } from '../kit/format.js';
import { carried, link, starts } from '../kit/query.js';
import { cacheRate, cost, folded, groupKey, groupName, marks, report, tokens, total } from '../kit/report.js';
import { csvButton, table } from '../kit/table.js';
import { person } from './person.js';

const OWNERS = [['user', 'Users'], ['team', 'Teams'], ['project', 'Projects']];

/** People that a table lists, and the dearest of them whose trend is drawn; all others stand in the last row. */
const GROUPS_MAX = 500;
const TRENDS_MAX = 101;
const TREND_WIDTH = 96;
const TREND_HEIGHT = 22;

export async function draw(page) {
  const shown = OWNERS.find(([dimension]) => page.where[dimension]?.length === 1);
  if (shown) {
    return person(page, shown[0]);
  }
  const by = OWNERS.some(([name]) => name === page.parameters.get('by')) ? page.parameters.get('by') : 'user';
  const bucket = page.range.until - page.range.from > 93 * 86400_000 ? 'week' : 'day';
  const asked = { by: [by], where: page.where };
  const [rows, groups] = await Promise.all([
    report(page.range, { ...asked, bucket, top: TRENDS_MAX }, page.signal),
    report(page.range, { ...asked, top: GROUPS_MAX }, page.signal).then(folded),
  ]);
  const all = total(groups);
  return {
    title: 'People', period: page.range.text,
    version: JSON.stringify([rows, groups], (_, value) => typeof value === 'bigint' ? String(value) : value),
    content: [
      controls(page, { filters: true }),
      section(OWNERS.find(([name]) => name === by)[1], [tabs(page, by), groups.length ? csvButton(`people-by-${by}`, columnsFor(page, by, all, rows, bucket), groups) : null],
        groups.length ? list(page, by, groups, all, rows, bucket) : await nobody(page)),
    ],
  };
}

async function nobody(page) {
  return empty('Nobody has caused an exchange in this period.', h('span', {}, 'People are named by ',
    h('code', {}, `ANTHROPIC_BASE_URL=${await proxyAddress(page.signal)}/u/ada`), ', by a key of ours, or by a header.'));
}

function tabs(page, by) {
  return h('div', { class: 'tabs' }, OWNERS.map(([name, label]) => h('a', { href: page.link({ by: name }), 'aria-current': name === by ? 'true' : null }, label)));
}

function list(page, by, groups, all, rows, bucket) {
  const digits = places(cost(all));
  const columns = columnsFor(page, by, all, rows, bucket);
  const totals = columns.map(({ title }) => ({
    Cost: marks(all, true) + usd(cost(all), digits), Tokens: marks(all, false) + count(tokens(all)), Exchanges: count(all.exchanges), Failed: count(all.failed), 'Cache rate': rate(all),
  }[title] ?? ''));
  return table({ caption: `Cost by ${by}`, columns, rows: groups, total: totals });
}

function columnsFor(page, by, all, rows, bucket) {
  const digits = places(cost(all));
  const days = starts(page.range, bucket);
  const trends = new Map();
  for (const row of rows) {
    const known = trends.get(groupKey(row)) ?? new Map();
    known.set(row.start.getTime(), toNumber(cost(row.sums)));
    trends.set(groupKey(row), known);
  }
  return [
    { title: by[0].toUpperCase() + by.slice(1), show: (row) => row.rest ? groupName(row) : h('a', { href: link('/people', carried(page.parameters), { [by]: row.group[0] }) }, groupName(row)), csv: groupName, sort: groupName },
    { title: 'Trend', wide: true, show: (row) => trends.has(groupKey(row)) ? sparkline(days.map((day) => trends.get(groupKey(row)).get(day.getTime()) ?? 0), `cost per ${bucket}`) : '–', csv: () => '' },
    { title: 'Cost', number: true, show: (row) => marks(row.sums, true) + usd(cost(row.sums), digits), csv: (row) => exact(cost(row.sums)), sort: (row) => cost(row.sums) },
    { title: 'Share', number: true, wide: true, show: (row) => percent(cost(row.sums), cost(all)), sort: (row) => cost(row.sums) },
    { title: 'Tokens', number: true, show: (row) => marks(row.sums, false) + count(tokens(row.sums)), csv: (row) => tokens(row.sums), sort: (row) => tokens(row.sums) },
    { title: 'Exchanges', number: true, wide: true, show: (row) => count(row.sums.exchanges), csv: (row) => row.sums.exchanges, sort: (row) => row.sums.exchanges },
    { title: 'Failed', number: true, wide: true, show: (row) => count(row.sums.failed), csv: (row) => row.sums.failed, sort: (row) => row.sums.failed },
    { title: 'Cache rate', number: true, wide: true, show: (row) => rate(row.sums), sort: (row) => cacheRate(row.sums) ?? -1 },
  ];
}

export function rate(sums) {
  const value = cacheRate(sums);
  return value === null ? '–' : `${value.toFixed(1)} %`;
}

const SVG = 'http://www.w3.org/2000/svg';

export function sparkline(values, label) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', TREND_WIDTH);
  svg.setAttribute('height', TREND_HEIGHT);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  const high = Math.max(...values, Number.MIN_VALUE);
  const step = TREND_WIDTH / values.length;
  values.forEach((value, at) => {
    const bar = document.createElementNS(SVG, 'rect');
    const height = value > 0 ? Math.max(1, value / high * TREND_HEIGHT) : 0;
    bar.setAttribute('x', (at * step).toFixed(2));
    bar.setAttribute('y', (TREND_HEIGHT - height).toFixed(2));
    bar.setAttribute('width', Math.max(0.6, step * 0.8).toFixed(2));
    bar.setAttribute('height', height.toFixed(2));
    bar.setAttribute('fill', 'var(--series-0)');
    svg.append(bar);
  });
  return svg;
}
