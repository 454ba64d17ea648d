// Rates: the dated prices that charges are made of, and rating again after a change.

import { get, isAdmin, post } from '../kit/api.js';
import { decimal, exact } from '../kit/decimal.js';
import { badge, code, field, h, hint, section, select } from '../kit/dom.js';
import { changing } from '../kit/forms.js';
import { count, day, plural, words } from '../kit/format.js';
import { dayText } from '../kit/query.js';
import { csvButton, table } from '../kit/table.js';

export async function draw(page) {
  const rates = await get('rates', {}, page.signal);
  const all = page.parameters.get('rows') === 'all';
  const now = new Date().toISOString();
  const holds = (row) => (row.from === null || row.from <= now) && (row.to === null || row.to > now);
  const rows = all ? rates.rates : rates.rates.filter(holds);
  return {
    title: 'Rates', version: rates.version + all,
    content: [
      hint('Rate table ', h('span', { class: 'mono' }, rates.version), '. USD per million tokens. Rows are added in a file of ', code('rating.rates_files'), '; it is read again when it changes, and what waited for a rate is rated by itself.'),
      isAdmin() ? section('After a change', null, h('div', { class: 'two' }, h('div', {}, reload(page)), h('div', {}, rerate()))) : null,
      section('Models', [select('rows', [['', 'that hold now'], ['all', 'every dated row']], all ? 'all' : '', (value) => page.go(page.link({ rows: value || null }))), csvButton('rates', columns(), rows)],
        table({ caption: 'Rates', columns: columns(), rows, first: 200 })),
      rates.discounts.length ? section('Discounts', null, table({ caption: 'Discounts', rows: rates.discounts, columns: [
        { title: 'On', show: (row) => row.target === '*' ? 'everything' : row.target }, { title: 'Factor', number: true, show: (row) => exact(decimal(row.factor)) },
        { title: 'From', show: (row) => from(row) }, { title: 'To', show: (row) => to(row) }, { title: 'Origin', wide: true, show: (row) => row.origin }] })) : null,
      section('Server tools', null, table({ caption: 'Server tools', rows: rates.toolPrices, columns: [
        { title: 'Tool', show: (row) => words(row.tool) }, { title: 'Per 1,000', number: true, show: (row) => row.perThousand === null ? '?' : exact(decimal(row.perThousand)) },
        { title: 'From', show: (row) => from(row) }, { title: 'To', show: (row) => to(row) }, { title: 'Origin', wide: true, show: (row) => row.origin }] })),
      rates.warnings.length ? section('What looks wrong', null, rates.warnings.map((warning) => h('p', {}, badge('check', 'warn'), ' ', warning))) : null,
    ],
  };
}

function columns() {
  const price = (title, name, wide = false) => ({ title, number: true, wide, show: (row) => row.prices === null || row.prices[name] === null ? '?' : exact(decimal(row.prices[name])), sort: (row) => row.prices === null || row.prices[name] === null ? -1n : decimal(row.prices[name]) });
  return [
    { title: 'Model', show: (row) => [row.model, terms(row) ? h('div', { class: 'hint' }, terms(row)) : ''], csv: (row) => [row.model, terms(row)].filter(Boolean).join(' '), sort: (row) => row.model },
    { title: 'From', wide: true, show: from, sort: (row) => row.from ?? '' }, { title: 'To', wide: true, show: to, sort: (row) => row.to ?? '9' },
    price('Input', 'input'), price('Write 5m', 'cacheWrite5m', true), price('Write 1h', 'cacheWrite1h', true), price('Read', 'cacheRead', true), price('Output', 'output'),
    { title: 'Source', wide: true, show: (row) => h('span', { class: 'hint' }, row.sources || row.origin), csv: (row) => row.sources },
  ];
}

function terms(row) {
  return [row.speed === 'STANDARD' ? '' : words(row.speed), row.promptTier === 'ALL' ? '' : words(row.promptTier)].filter(Boolean).join(', ');
}

function from(row) {
  return row.from === null ? 'always' : day(row.from);
}

function to(row) {
  return row.to === null ? 'open' : day(row.to);
}

function reload(page) {
  return [h('h3', {}, 'Read the files again'), changing({ fields: [], button: 'Reload', send: async () => {
    const answer = await post('rates/reload');
    const rated = answer.pending.pendingBefore - answer.pending.pendingAfter;
    return h('div', {},
      h('p', {}, `Read ${plural(answer.rows, 'row')}. `, answer.changed ? `Rate table ${answer.version} holds now.` : 'Nothing has changed.',
        rated > 0 ? ` ${plural(rated, 'entry', 'entries')} that waited for a rate ${rated === 1 ? 'has' : 'have'} one.` : ''),
      answer.changed ? h('button', { type: 'button', onclick: page.refresh }, 'Show it') : null);
  }, done: null })];
}

/** Says what rating again would change before it is applied. */
function rerate() {
  const since = h('input', { type: 'date', name: 'since', required: true, value: `${dayText(new Date()).slice(0, 8)}01` });
  const until = h('input', { type: 'date', name: 'until', required: true, value: dayText(new Date()) });
  const span = () => ({ from: `${since.value}T00:00:00Z`, until: new Date(Date.parse(`${until.value}T00:00:00Z`) + 86400_000).toISOString() });
  return [h('h3', {}, 'Rate entries again'), changing({ fields: [field('From', since), field('To, inclusive', until)], button: 'What would change?', send: async () => {
    const asked = span();
    const plan = await get('rerate', asked);
    const box = h('div', {}, told(plan));
    if (plan.changed > 0) {
      box.append(h('button', { type: 'button', onclick: (event) => book(event.target, box, asked) }, 'Book the corrections'));
    }
    return box;
  } })];
}

async function book(button, box, span) {
  button.disabled = true;
  try {
    box.replaceChildren(told(await post('rerate', null, span)));
  } catch (error) {
    box.append(h('p', { class: 'problem', role: 'alert' }, error.message));
    button.disabled = false;
  }
}

function told(result) {
  const changed = `${count(result.changed)} of ${plural(result.entries, 'entry', 'entries')}`;
  const waiting = result.pendingBefore ? ` ${count(result.pendingBefore)} of them waited for a rate, ${count(result.pendingAfter)} still ${result.pendingAfter === 1 ? 'does' : 'do'}.` : '';
  if (result.changed === 0) {
    return h('p', {}, `Each of ${plural(result.entries, 'entry', 'entries')} costs what it is booked at.`);
  }
  return h('div', {},
    h('p', {}, result.booked ? `Corrected ${changed}.` : `${changed} would be corrected.`, waiting),
    table({ caption: result.booked ? 'What was corrected' : 'What would be corrected', rows: result.models, columns: [
      { title: 'Model', show: (row) => row.model }, { title: 'Exchanges', number: true, show: (row) => count(row.exchanges) },
      { title: 'Booked at', number: true, show: (row) => exactUsd(row.before) }, { title: result.booked ? 'Now' : 'Would be', number: true, show: (row) => exactUsd(row.after) }],
      total: ['', count(result.changed), exactUsd(result.before), exactUsd(result.after)] }));
}

function exactUsd(text) {
  return `$${exact(decimal(text))}`;
}
