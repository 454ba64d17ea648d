// The audit trail: every change of what the server does, who made it and from where.

import { get } from '../kit/api.js';
import { empty, h, section } from '../kit/dom.js';
import { instant, words } from '../kit/format.js';
import { csvButton, table } from '../kit/table.js';

const PAGE = 200;

export async function draw(page) {
  const before = page.parameters.get('before');
  const { changes, next } = await get('audit', { limit: PAGE, before }, page.signal);
  const columns = [
    { title: 'When (UTC)', show: (one) => instant(one.at), csv: (one) => one.at },
    { title: 'Who', show: (one) => one.who },
    { title: 'From', wide: true, show: (one) => one.from },
    { title: 'What', show: (one) => words(one.what) },
    { title: 'About', show: (one) => one.about },
    { title: 'Before', wide: true, show: (one) => one.before },
    { title: 'After', show: (one) => one.after },
  ];
  return {
    title: 'Audit trail', version: JSON.stringify(changes), still: before !== null,
    content: [section('Changes, the latest first', changes.length ? csvButton('audit', columns, changes) : null,
      changes.length ? table({ caption: 'Changes', columns, rows: changes, first: PAGE }) : empty('Nothing was changed yet.', 'Keys, limits, rates, credits and corrections leave a line here.'),
      next !== null ? h('a', { href: page.link({ before: next }) }, 'Earlier') : null)],
  };
}
