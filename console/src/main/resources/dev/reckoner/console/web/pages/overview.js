// Overview: what today and this month cost, who and what it was, and whether the books agree with the bill.

import { get, proxyAddress } from '../kit/api.js';
import { bars } from '../kit/chart.js';
import { places, percent, times, usd } from '../kit/decimal.js';
import { badge, empty, h, hint, section, tile, tiles } from '../kit/dom.js';
import { axisUsd, count, instant, plural } from '../kit/format.js';
import { floor, into, link, starts } from '../kit/query.js';
import { SERIES_MAX, cost, folded, groupName, marks, report, seriesOf, tokens, total } from '../kit/report.js';
import { creditTile } from '../kit/credits.js';
import { latest, verdict } from '../kit/reconciled.js';

const DAY = 86400_000;
const DAYS_SHOWN = 30;
const TOP = 5;
const TOP_MAX = 100;

export async function draw(page) {
  const now = new Date();
  const today = floor(now, 'day');
  const tomorrow = new Date(today.getTime() + DAY);
  const month = { from: floor(now, 'month'), until: tomorrow };
  const chartRange = { from: new Date(tomorrow.getTime() - DAYS_SHOWN * DAY), until: tomorrow };
  const week = { from: new Date(today.getTime() - 7 * DAY), until: today };
  const [todayRows, users, models, days, weekRows, alerts, credits, last] = await Promise.all([
    report({ from: today, until: tomorrow }, {}, page.signal),
    report(month, { by: ['user'], top: TOP_MAX }, page.signal),
    report(month, { by: ['model'], top: TOP_MAX }, page.signal),
    report(chartRange, { bucket: 'day', by: ['model'], top: SERIES_MAX }, page.signal),
    report(week, { bucket: 'day' }, page.signal),
    get('alerts', { limit: 5 }, page.signal),
    creditTile(page.signal),
    latest(page.signal),
  ]);
  const sums = total(users);
  const forecast = forecastOf(cost(sums), now, weekRows);
  return {
    title: 'Overview',
    version: JSON.stringify([todayRows, users, models, days, alerts, credits.textContent, last], (_, value) => typeof value === 'bigint' ? String(value) : value),
    content: [
      tiles(
        moneyTile('Today', total(todayRows), '/cost?last=1d'),
        moneyTile('Month to date', sums, '/cost?last=month'),
        tile('Forecast for the month', usd(forecast.amount, places(forecast.amount)), forecast.how),
        credits,
        coverageTile(last),
        reconciledTile(last)),
      total(days).exchanges ? section(`Cost per day, last ${DAYS_SHOWN} days`, h('a', { href: '/cost' }, 'Cost'), chart(page, chartRange, days)) : await start(page),
      h('div', { class: 'two' },
        top('Who', 'user', users, sums, (row) => link('/people', [], { user: row.group[0], last: 'month' }), '/people?last=month'),
        top('What', 'model', models, sums, (row) => link('/cost', [], { model: row.group[0], last: 'month', by: 'user' }), '/cost?last=month')),
      h('div', { class: 'two' },
        section('Does it match the bill?', h('a', { href: '/reconciliation' }, 'Reconciliation'), verdict(last)),
        section('Alerts', h('a', { href: '/alerts' }, 'All alerts'), alertList(alerts.alerts))),
    ],
  };
}

function moneyTile(name, sums, address) {
  return tile(name, h('a', { href: address }, marks(sums, true) + usd(cost(sums))), `${plural(sums.exchanges, 'exchange')}, ${count(tokens(sums))} tokens`);
}

/** What the month comes to: its whole days so far and today as they stand, each day to come as the mean of the last seven. */
function forecastOf(soFar, now, weekRows) {
  const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const toCome = Math.round((end - floor(now, 'day').getTime()) / DAY) - 1;
  const spent = cost(total(weekRows));
  if (spent === 0n) {
    return { amount: soFar, how: 'what was spent; no whole day before today in the last seven' };
  }
  return { amount: soFar + times(spent, toCome, 7), how: `so far, and ${plural(toCome, 'day')} at ${usd(times(spent, 1, 7), 2)}, the mean of the last seven` };
}

function coverageTile(last) {
  return tile('Coverage', last?.tokensShare ?? '–', last ? 'of billed tokens passed through the proxy' : 'known once reconciled');
}

function reconciledTile(last) {
  return tile('Last reconciliation', last ? h('a', { href: `/reconciliation?id=${encodeURIComponent(last.id)}` }, last.matched ? 'matched' : last.difference) : 'never',
    last ? `${last.from} to ${last.to}` : 'needs an admin key');
}

async function start(page) {
  return section('Nothing booked yet', null, empty('Point an app at the proxy:', h('code', {}, `export ANTHROPIC_BASE_URL=${await proxyAddress(page.signal)}`),
    'Its exchanges show here as they end. Nothing else in the app changes.'));
}

function chart(page, range, rows) {
  const all = starts(range, 'day');
  const digits = places(cost(total(rows)));
  return bars({
    label: 'Cost per day by model', starts: all, bucket: 'day', series: seriesOf(rows, all), axis: axisUsd,
    show: (value, one, index) => one?.exact ? usd(one.exact[index], digits) : '$' + value.toFixed(digits),
    onpick: (day) => page.go(link('/cost', [], into(day, 'day'))),
  });
}

function top(title, dimension, rows, all, address, more) {
  const groups = folded(rows);
  const digits = places(cost(all));
  const list = groups.slice(0, TOP).map((row) => h('tr', {}, h('th', { scope: 'row' }, h('a', { href: address(row) }, groupName(row))),
    h('td', { class: 'wide' }, share(cost(row.sums), cost(all))), h('td', { class: 'number' }, percent(cost(row.sums), cost(all))),
    h('td', { class: 'number' }, marks(row.sums, true) + usd(cost(row.sums), digits))));
  return section(`${title}, this month`, h('a', { href: more }, groups.length > TOP ? `All ${count(groups.reduce((all, row) => all + (row.rest || 1), 0))}` : 'More'),
    list.length ? h('div', { class: 'scroll' }, h('table', {}, h('caption', {}, `Cost by ${dimension} this month`), h('tbody', {}, list))) : empty('Nothing yet.'));
}

function share(part, whole) {
  const inner = h('span', {});
  inner.style.width = whole === 0n ? '0' : `${Number(part * 1000n / whole) / 10}%`;
  return h('div', { class: 'bar', 'aria-hidden': 'true' }, inner);
}

function alertList(alerts) {
  return alerts.length === 0 ? empty('No alert so far.') : alerts.map((one) => h('div', {},
    hint(badge(one.alert.kind.toLowerCase().replaceAll('_', ' '), 'warn'), ` ${instant(one.lastAt)} UTC `), h('div', {}, one.alert.message)));
}
