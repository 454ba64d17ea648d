// Limits: how each stands, what was changed, and changes themselves.

import { get, isAdmin, post } from '../kit/api.js';
import { keyNames } from '../kit/controls.js';
import { decimal, toNumber, usd } from '../kit/decimal.js';
import { badge, code, empty, field, h, hint, section, select } from '../kit/dom.js';
import { changing, confirming } from '../kit/forms.js';
import { count, instant, words } from '../kit/format.js';
import { named } from '../kit/query.js';
import { csvButton, table } from '../kit/table.js';

const CHANGES = 50;
const SUBJECTS = [['all', 'everything'], ['user', 'user'], ['team', 'team'], ['project', 'project'], ['key', 'key'], ['tag', 'tag']];
const CAPS = [['/day', 'USD per day'], ['/week', 'USD per week'], ['/month', 'USD per month'], [' itpm', 'input tokens per minute'], [' otpm', 'output tokens per minute'], [' rpm', 'requests per minute'], [' concurrent', 'exchanges at once'], ['models', 'only these models']];

export async function draw(page) {
  const [{ standings }, { changes }, names] = await Promise.all([
    get('limits', {}, page.signal), get('limits/changes', { limit: CHANGES }, page.signal), keyNames(page.signal),
  ]);
  return {
    title: 'Limits', version: JSON.stringify([standings, changes]),
    content: [
      isAdmin() ? section('Set a limit', null, form(page), hint('A limit of the same subject and measure is replaced. It holds within a second.')) : null,
      section('How they stand', null, standings.length === 0
        ? empty('No limits: everything passes.', h('span', {}, 'Set one above, in the settings, or with ', code('reckoner limits set user=* 50/day'), '.'))
        : standing(page, standings, names)),
      section('Changes', null, changed(changes)),
    ],
  };
}

function form(page) {
  const kind = select('kind', SUBJECTS, 'user', (value) => { who.disabled = value === 'all'; });
  const who = h('input', { name: 'who', placeholder: 'name, or * for each', value: '*', size: 18 });
  const amount = h('input', { name: 'amount', required: true, placeholder: '50', size: 22 });
  const cap = select('cap', CAPS, '/day', (value) => { amount.placeholder = value === 'models' ? 'claude-haiku-5-5 …' : '50'; });
  const zone = h('input', { name: 'zone', placeholder: 'UTC', size: 14, list: 'zones' });
  return changing({
    fields: [field('For', kind), field('Named', who), field('At most', amount), field('What', cap), field('Time zone of a budget', zone)],
    button: 'Set',
    send: async () => {
      const subject = kind.value === 'all' ? 'all' : `${kind.value}=${who.value.trim()}`;
      const value = amount.value.trim();
      const text = cap.value === 'models' ? `models ${value}` : value + cap.value + (cap.value.startsWith('/') && zone.value.trim() ? ` ${zone.value.trim()}` : '');
      await post('limits', { rule: `${subject} ${text}`, by: 'console' });
    },
    done: page.refresh,
  });
}

function standing(page, standings, names) {
  const columns = [
    { title: 'Subject', show: (row) => subject(row.subject, names), sort: (row) => subject(row.subject, names) },
    { title: 'Limit', show: (row) => [capText(row.limit.rule), row.limit.origin === 'SETTINGS' ? h('div', { class: 'hint' }, 'in the settings') : ''], csv: (row) => row.limit.rule, sort: (row) => row.limit.rule },
    { title: 'Spent', number: true, show: (row) => value(row, row.spent), csv: (row) => row.spent ?? '', sort: (row) => decimal(row.spent ?? '0') },
    { title: 'In flight', number: true, wide: true, show: (row) => value(row, row.reserved), csv: (row) => row.reserved ?? '' },
    { title: 'Left', number: true, show: (row) => value(row, row.left), csv: (row) => row.left ?? '', sort: (row) => decimal(row.left ?? '0') },
    { title: 'Used', wide: true, show: used, csv: (row) => fraction(row) === null ? '' : `${Math.round(fraction(row) * 100)} %` },
    { title: 'Resets (UTC)', wide: true, show: (row) => row.resetsAt ? instant(row.resetsAt).slice(0, 16) : '–', csv: (row) => row.resetsAt ?? '' },
    { title: '', show: (row) => isAdmin() && row.limit.origin === 'BOOKS' ? confirming({ label: 'Remove', question: 'Really remove?', act: () => post('limits/remove', { id: row.limit.id, by: 'console' }), refresh: page.refresh }) : '', csv: () => '' },
  ];
  return [h('div', { class: 'beside' }, csvButton('limits', columns, standings)), table({ caption: 'Limits and how they stand', columns, rows: standings })];
}

function subject(one, names) {
  const kind = one.kind.toLowerCase();
  if (kind === 'all') {
    return 'all';
  }
  return `${kind} ${names.get(one.value) || (one.value === '*' ? '(each)' : named(one.value))}`;
}

/** The rule without its subject. */
function capText(rule) {
  const match = /(\S+\/(?:day|week|month).*|\d+ (?:itpm|otpm|rpm|concurrent)|models .*)$/.exec(rule);
  return match ? (match[1].includes('/') ? '$' + match[1].replace(/^\$/, '') : match[1]) : rule;
}

function budget(row) {
  return /\/(day|week|month)/.test(row.limit.rule);
}

function value(row, text) {
  if (text === null) {
    return '–';
  }
  return budget(row) ? usd(decimal(text)) : count(Math.round(toNumber(decimal(text))));
}

function fraction(row) {
  if (row.spent === null || row.left === null) {
    return null;
  }
  const held = toNumber(decimal(row.spent)) + toNumber(decimal(row.pending ?? '0')) + toNumber(decimal(row.reserved ?? '0'));
  const whole = held + Math.max(0, toNumber(decimal(row.left)));
  return whole === 0 ? 0 : Math.min(1, held / whole);
}

function used(row) {
  const part = fraction(row);
  if (part === null) {
    return '–';
  }
  const inner = h('span', { class: part >= 0.95 ? 'bad' : part >= 0.75 ? 'warn' : '' });
  inner.style.width = `${part * 100}%`;
  return [h('div', { class: 'bar', role: 'img', 'aria-label': `${Math.round(part * 100)} % used` }, inner),
    part >= 0.75 ? badge(`${Math.round(part * 100)} % used`, part >= 0.95 ? 'bad' : 'warn') : ''];
}

function changed(changes) {
  const columns = [
    { title: 'When (UTC)', show: (one) => instant(one.at) }, { title: 'What', show: (one) => words(one.action) },
    { title: 'Limit', show: (one) => one.rule }, { title: 'By', show: (one) => one.by },
  ];
  return table({ caption: 'Changes of limits, the latest first', columns, rows: changes, none: 'None was set or removed.', first: 20 });
}
