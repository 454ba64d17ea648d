// What narrows a page: period, bucket, grouping, filters. Every choice is a change of the address.

import { get } from './api.js';
import { field, h, select } from './dom.js';
import { DIMENSIONS, PERIODS, bucketsFor, named, title } from './query.js';
import { folded, report } from './report.js';

/** Values of a dimension that are offered, the dearest, and all others in one; any other one can be written. */
const VALUES_MAX = 501;

/** The row of controls at the head of a page; by: the groupings to choose from, empty for none. */
export function controls(page, { by = [], grouped = null, buckets = false, filters = true }) {
  const go = (changes) => page.go(page.link(changes));
  return h('div', { class: 'filters', role: 'group', 'aria-label': 'Period and filters' },
    periods(page, go),
    days(page, go),
    by.length ? field('Group by', select('by', by, grouped, (value) => go({ by: value }))) : null,
    buckets ? field('Each bar is a', select('bucket', bucketsFor(page.range).map((name) => [name, name]), page.bucket, (value) => go({ bucket: value }))) : null,
    filters ? filter(page, go) : null,
    filters ? chips(page, go) : null);
}

function periods(page, go) {
  return h('div', { class: 'field' }, h('span', {}, 'Period (UTC)'), h('div', { class: 'tabs' }, PERIODS.map(([value, label]) => h('button', {
    'aria-pressed': String(page.range.last === value), onclick: () => go({ last: value, since: null, until: null, bucket: null }),
  }, label))));
}

function days(page, go) {
  const since = h('input', { type: 'date', name: 'since', value: iso(page.range.from) });
  const until = h('input', { type: 'date', name: 'until', value: iso(new Date(page.range.until.getTime() - 1)) });
  const choose = () => {
    if (since.value && until.value && since.value <= until.value) {
      go({ since: since.value, until: until.value, last: null, bucket: null });
    }
  };
  since.addEventListener('change', choose);
  until.addEventListener('change', choose);
  return [field('From', since), field('To, inclusive', until)];
}

function iso(date) {
  return date.toISOString().slice(0, 10);
}

/** Chooses a dimension, then one of the values that it has in the period. */
function filter(page, go) {
  const values = h('datalist', { id: 'filter-values' });
  const value = h('input', { name: 'filter-value', list: 'filter-values', placeholder: 'choose first what', disabled: true, size: 16 });
  let dimension = '';
  const known = new Map();
  const what = select('filter', [['', 'Add a filter…'], ...DIMENSIONS], '', async (chosen) => {
    dimension = chosen;
    value.disabled = chosen === '';
    value.placeholder = chosen ? 'value' : 'choose first what';
    values.replaceChildren();
    known.clear();
    if (chosen) {
      const rows = folded(await report(page.range, { by: [chosen], top: VALUES_MAX }, page.signal)).filter((row) => !row.rest);
      rows.forEach((row) => known.set(named(row.group[0]), row.group[0]));
      values.replaceChildren(...[...known.keys()].map((name) => h('option', { value: name })));
      value.focus();
    }
  });
  value.addEventListener('change', () => {
    if (dimension && value.value !== '') {
      const chosen = known.get(value.value) ?? value.value;
      go({ [dimension]: [...new Set([...(page.where[dimension] ?? []), chosen])] });
    }
  });
  return [field('Only', what), field('is', h('span', {}, value, values))];
}

function chips(page, go) {
  const all = Object.entries(page.where).flatMap(([name, values]) => values.map((value) => [name, value]));
  return all.length === 0 ? null : h('div', { class: 'chips' }, all.map(([name, value]) => h('span', { class: 'chip' },
    `${title(name)}: ${named(value)}`,
    h('button', { 'aria-label': `Remove the filter ${title(name)} ${named(value)}`, onclick: () => go({ [name]: page.where[name].filter((one) => one !== value) }) }, '×'))));
}

/** What the server knows of keys: the names of our own by id, to be shown instead of it. */
export async function keyNames(signal) {
  const { keys } = await get('keys', {}, signal);
  return new Map(keys.map((key) => [key.id, key.name]));
}
