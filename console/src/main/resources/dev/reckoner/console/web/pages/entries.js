// Entries: search, filter, follow; and one of them explained.

import { get } from '../kit/api.js';
import { controls } from '../kit/controls.js';
import { empty, field, h, hint, section, select } from '../kit/dom.js';
import { entryColumns } from '../kit/entries.js';
import { csvButton, table } from '../kit/table.js';
import { explain } from './explain.js';

const PAGE = 100;
const FLAGS = [['', 'all'], ['failed', 'that failed'], ['pending', 'that wait for a rate'], ['estimated', 'with estimated tokens']];
const MONEY = /^\d+(\.\d+)?$/;

export async function draw(page) {
  const id = page.parameters.get('id');
  if (id) {
    return explain(page, id);
  }
  const before = page.parameters.get('before');
  const asked = {
    from: page.range.from.toISOString(), until: page.range.until.toISOString(), metered: true, limit: PAGE, before,
    ...Object.fromEntries(Object.entries(page.where).map(([name, values]) => ['where.' + name, values])),
    ...only(page.parameters),
  };
  const { entries, next } = await get('entries', asked, page.signal);
  const columns = entryColumns(entries);
  return {
    title: 'Entries', period: page.range.text, version: JSON.stringify(entries), still: before !== null,
    content: [
      find(page),
      controls(page, {}),
      section(before ? 'Earlier exchanges' : 'Newest first', [narrow(page), entries.length ? csvButton('entries', columns, entries) : null],
        entries.length ? table({ caption: 'Entries, newest first', columns, rows: entries }) : empty('No entry matches.'),
        h('div', { class: 'beside' },
          before ? h('a', { href: page.link({ before: null }) }, 'Back to the newest') : null,
          next !== null ? h('a', { href: page.link({ before: next }) }, 'Earlier') : null),
        before ? null : hint('New entries come by themselves.')),
    ],
  };
}

/** What became of them, as the server asks for it. */
function only(parameters) {
  const flag = parameters.get('only');
  const least = parameters.get('least');
  return { ...(FLAGS.some(([name]) => name && name === flag) ? { [flag]: true } : {}), amount_least: least && MONEY.test(least) ? least : null };
}

/** Finds one by any of its ids. */
function find(page) {
  const input = h('input', { name: 'id', size: 40, placeholder: 'exchange id, request-id or message id', 'aria-label': 'Find one exchange by its id' });
  return h('form', { class: 'filters', role: 'search', onsubmit: (event) => {
    event.preventDefault();
    if (input.value.trim()) {
      page.go(`/entries?id=${encodeURIComponent(input.value.trim())}`);
    }
  } }, input, h('button', {}, 'Explain'));
}

function narrow(page) {
  const go = (changes) => page.go(page.link({ ...changes, before: null }));
  const of = (name) => page.parameters.get(name) ?? '';
  return [
    field('Only those', select('only', FLAGS, of('only'), (value) => go({ only: value || null }))),
    field('Cost at least (USD)', h('input', { name: 'least', inputmode: 'decimal', size: 8, value: of('least'), onchange: (event) => go({ least: event.target.value || null }) })),
  ];
}
