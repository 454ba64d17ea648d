// Entries: search, filter, follow; and one of them explained.

import { get } from '../kit/api.js';
import { controls } from '../kit/controls.js';
import { empty, field, h, hint, section, select } from '../kit/dom.js';
import { entryColumns } from '../kit/entries.js';
import { csvButton, table } from '../kit/table.js';
import { explain } from './explain.js';

const PAGE = 100;
const STATUSES = [['', 'any'], ['rated', 'rated'], ['pending', 'pending'], ['ambiguous', 'ambiguous'], ['not_billed', 'not billed']];
const ENDS = [['', 'any'], ['ok', 'ok'], ['failed', 'failed']];

export async function draw(page) {
  const id = page.parameters.get('id');
  if (id) {
    return explain(page, id);
  }
  const before = page.parameters.get('before');
  const asked = {
    from: page.range.from.toISOString(), until: page.range.until.toISOString(), metered: true, limit: PAGE, before,
    ...Object.fromEntries(Object.entries(page.where).map(([name, values]) => ['where.' + name, values])),
    ...chosen(page.parameters, ['status', 'ended', 'estimated', 'least']),
  };
  const { entries } = await get('entries', asked, page.signal);
  const oldest = entries.length === PAGE ? entries[entries.length - 1].sequence : null;
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
          oldest !== null ? h('a', { href: page.link({ before: oldest }) }, 'Earlier') : null),
        before ? null : hint('New entries come by themselves.')),
    ],
  };
}

function chosen(parameters, names) {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name)]).filter(([, value]) => value));
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
    field('Rating', select('status', STATUSES, of('status'), (value) => go({ status: value || null }))),
    field('Ended', select('ended', ENDS, of('ended'), (value) => go({ ended: value || null }))),
    field('Estimated', select('estimated', [['', 'any'], ['true', 'yes'], ['false', 'no']], of('estimated'), (value) => go({ estimated: value || null }))),
    field('Cost at least (USD)', h('input', { name: 'least', inputmode: 'decimal', size: 8, value: of('least'), onchange: (event) => go({ least: event.target.value || null }) })),
  ];
}
