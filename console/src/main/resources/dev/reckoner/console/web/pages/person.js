// One user, team or project: cost over time and by model, its sessions, and its latest exchanges.

import { get } from '../kit/api.js';
import { bars } from '../kit/chart.js';
import { controls } from '../kit/controls.js';
import { decimal, exact, places, usd } from '../kit/decimal.js';
import { empty, h, hint, section, tile, tiles } from '../kit/dom.js';
import { axisUsd, count, duration, instant, plural } from '../kit/format.js';
import { carried, into, link, named, starts } from '../kit/query.js';
import { cost, folded, marks, report, seriesOf, sums, tokens, total } from '../kit/report.js';
import { csvButton, table } from '../kit/table.js';
import { entryColumns } from '../kit/entries.js';

const SESSIONS = 200;
const ENTRIES = 20;
const SESSION_FILTERS = ['session', 'user', 'team', 'project', 'model'];

export async function person(page, by) {
  const value = page.where[by][0];
  const filters = Object.fromEntries(Object.entries(page.where).map(([name, values]) => ['where.' + name, values]));
  const span = { from: page.range.from.toISOString(), until: page.range.until.toISOString() };
  const [rows, sessions, entries] = await Promise.all([
    report(page.range, { bucket: page.bucket, by: ['model'], where: page.where }, page.signal),
    get('sessions', { ...span, ...sessionFilters(page.where), order: 'cost', limit: SESSIONS }, page.signal),
    get('entries', { ...span, ...filters, metered: true, limit: ENTRIES }, page.signal),
  ]);
  const all = total(rows);
  return {
    title: `${by[0].toUpperCase() + by.slice(1)} ${named(value)}`, period: page.range.text,
    version: JSON.stringify([rows, sessions, entries], (_, one) => typeof one === 'bigint' ? String(one) : one),
    content: [
      hint(h('a', { href: link('/people', carried(page.parameters), { [by]: null, by }) }, `All ${by}s`)),
      controls(page, { buckets: true }),
      all.exchanges === 0 ? empty('No exchanges in this period.') : [
        tiles(
          tile('Cost', marks(all, true) + usd(cost(all))),
          tile('Tokens', marks(all, false) + count(tokens(all))),
          tile('Exchanges', count(all.exchanges), all.failed ? `${count(all.failed)} failed` : 'none failed'),
          tile('Sessions', sessionCount(sessions.rows))),
        section('Cost by model', h('a', { href: link('/cost', carried(page.parameters)) }, 'Cost'), chart(page, rows)),
        models(folded(rows), all),
        sessionTable(page, sessions.rows),
        section('Latest exchanges', h('a', { href: link('/entries', carried(page.parameters)) }, 'All of them'),
          table({ caption: 'Latest exchanges', columns: entryColumns(entries.entries), rows: entries.entries })),
      ],
    ],
  };
}

/** Sessions are told apart by who had them and by model, and by nothing else. */
function sessionFilters(where) {
  return Object.fromEntries(Object.entries(where).filter(([name]) => SESSION_FILTERS.includes(name)).map(([name, values]) => ['where.' + name, values]));
}

function sessionCount(rows) {
  const stated = rows.filter((row) => row.session !== '').length;
  return stated >= SESSIONS ? `${SESSIONS} or more` : count(stated);
}

function chart(page, rows) {
  const all = starts(page.range, page.bucket);
  const digits = places(cost(total(rows)));
  return bars({
    label: `Cost per ${page.bucket} by model`, starts: all, bucket: page.bucket, series: seriesOf(rows, all), axis: axisUsd,
    show: (value, one, index) => one ? usd(one.exact[index], digits) : '$' + value.toFixed(digits),
    onpick: into(page.range.from, page.bucket) ? (start) => page.go(page.link(into(start, page.bucket))) : null,
  });
}

function models(groups, all) {
  const digits = places(cost(all));
  const columns = [
    { title: 'Model', show: (row) => named(row.group[0]), sort: (row) => row.group[0] },
    { title: 'Exchanges', number: true, show: (row) => count(row.sums.exchanges), csv: (row) => row.sums.exchanges, sort: (row) => row.sums.exchanges },
    { title: 'Tokens', number: true, show: (row) => marks(row.sums, false) + count(tokens(row.sums)), csv: (row) => tokens(row.sums), sort: (row) => tokens(row.sums) },
    { title: 'Cost', number: true, show: (row) => marks(row.sums, true) + usd(cost(row.sums), digits), csv: (row) => exact(cost(row.sums)), sort: (row) => cost(row.sums) },
  ];
  return section('Models', csvButton('models', columns, groups), table({ caption: 'Cost by model', columns, rows: groups }));
}

/** Sessions as Claude Code's own /cost tells one: cost, API duration, wall duration. */
function sessionTable(page, rows) {
  const known = rows.filter((row) => row.session !== '').map((row) => ({ ...row, sums: sums(row.sums) }));
  const digits = places(known.reduce((most, row) => cost(row.sums) > most ? cost(row.sums) : most, decimal('0')));
  const columns = [
    { title: 'Session', show: (row) => h('a', { href: link('/entries', carried(page.parameters), { session: row.session }) }, row.session), csv: (row) => row.session, sort: (row) => row.session },
    { title: 'Started (UTC)', show: (row) => instant(row.first), sort: (row) => row.first },
    { title: 'Project', wide: true, show: (row) => named(row.project ?? ''), sort: (row) => row.project ?? '' },
    { title: 'Exchanges', number: true, wide: true, show: (row) => count(row.sums.exchanges), csv: (row) => row.sums.exchanges, sort: (row) => row.sums.exchanges },
    { title: 'API duration', number: true, wide: true, show: (row) => duration(row.apiDuration), sort: (row) => row.apiDuration },
    { title: 'Wall duration', number: true, wide: true, show: (row) => duration(row.wallDuration), sort: (row) => row.wallDuration },
    { title: 'Tokens', number: true, show: (row) => marks(row.sums, false) + count(tokens(row.sums)), csv: (row) => tokens(row.sums), sort: (row) => tokens(row.sums) },
    { title: 'Cost', number: true, show: (row) => marks(row.sums, true) + usd(cost(row.sums), digits), csv: (row) => exact(cost(row.sums)), sort: (row) => cost(row.sums) },
  ];
  return section('Sessions', csvButton('sessions', columns, known),
    table({ caption: 'Sessions, the dearest first', columns, rows: known, none: 'No exchange stated a session.', first: 25 }),
    rows.length >= SESSIONS ? hint(`The ${plural(SESSIONS, 'dearest session')} are shown.`) : null);
}
