// Chargeback: a month's bill split over those who caused it, to the last digit.

import { get, isAdmin, post } from '../kit/api.js';
import { decimal, exact, percent, places, sum, usd } from '../kit/decimal.js';
import { code, facts, field, h, hint, section, select, tile, tiles } from '../kit/dom.js';
import { changing } from '../kit/forms.js';
import { count, instant } from '../kit/format.js';
import { csvButton, table } from '../kit/table.js';

const OWNERS = [['user', 'User'], ['team', 'Team'], ['project', 'Project']];

export async function draw(page) {
  const months = monthsBack(12);
  const month = /^\d{4}-\d\d$/.test(page.parameters.get('month') ?? '') ? page.parameters.get('month') : usual();
  const by = OWNERS.some(([name]) => name === page.parameters.get('by')) ? page.parameters.get('by') : 'user';
  const head = h('div', { class: 'filters' },
    field('Month', select('month', months.includes(month) ? months.map((name) => [name, name]) : [[month, month], ...months.map((name) => [name, name])], month, (value) => page.go(page.link({ month: value })))),
    field('Split by', select('by', OWNERS, by, (value) => page.go(page.link({ by: value })))));
  const split = await get('chargeback', { month, by }, page.signal);
  if (split === null) {
    return { title: 'Chargeback', still: true, content: [head, unsplit(page, month)] };
  }
  return { title: 'Chargeback', period: `${split.from} to ${split.to}`, still: true, content: [head, split.closed_at || !isAdmin() ? null : section('Split again', null, splitting(page, month)), ...statement(split, month, by)] };
}

/** Nothing is split before somebody asks: it takes the vendor's bill of the whole month. */
function unsplit(page, month) {
  return section(`${month} is not split yet`, null,
    hint('A month\'s bill is split over those who caused it, to the last digit, by the bill as it is now. It is asked for with the Admin key in ',
      code('ANTHROPIC_ADMIN_KEY'), ' that the server was started with; without one, run ', code(`reckoner chargeback --month ${month}`), ' where there is one.'),
    isAdmin() ? splitting(page, month) : null);
}

function splitting(page, month) {
  return changing({ fields: [], button: `Split the bill of ${month}`, send: () => post('chargeback', null, { month }).then(() => null), done: page.refresh });
}

/** The month of yesterday, as on the command line. */
function usual() {
  return new Date(Date.now() - 86400_000).toISOString().slice(0, 7);
}

function monthsBack(number) {
  const now = new Date();
  return Array.from({ length: number }, (_, back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7));
}

function statement(split, month, by) {
  const billed = decimal(split.billed_amount);
  const adjusted = decimal(split.adjusted_amount);
  const digits = places(billed);
  const owned = sum(split.rows.filter((row) => row.kind === 'owner').map((row) => decimal(row.amount)));
  const html = `/reckoner/v1/chargeback/html?month=${month}&by=${by}`;
  const columns = [
    { title: by[0].toUpperCase() + by.slice(1), show: (row) => [name(row), row.adjusts ? h('div', { class: 'hint' }, `adjusts ${row.adjusts}`) : ''], csv: (row) => name(row), sort: (row) => name(row) },
    { title: 'Models', wide: true, show: (row) => [...new Set(row.parts.map((part) => part.model).filter(Boolean))].join(', ') },
    { title: 'Tokens', number: true, wide: true, show: (row) => count(quantity(row)), csv: (row) => quantity(row), sort: (row) => quantity(row) },
    { title: 'Share', number: true, show: (row) => percent(decimal(row.amount), billed), sort: (row) => decimal(row.amount) },
    { title: 'Amount', number: true, show: (row) => usd(decimal(row.amount), digits), csv: (row) => exact(decimal(row.amount)), sort: (row) => decimal(row.amount) },
  ];
  return [
    tiles(
      tile('Billed', usd(billed, digits), `$${split.billed_amount} exactly`),
      tile('Attributed', percent(owned, billed), `of the bill has a ${by}`),
      tile('State', split.closed_at ? 'closed' : 'open', split.closed_at ? `${instant(split.closed_at)} UTC` : 'still follows the bill'),
      adjusted === 0n ? null : tile('Adjustments', usd(adjusted, digits), 'of months closed before')),
    section(`Who owes what, by ${by}`, [h('a', { href: html, target: '_blank', rel: 'noopener' }, 'Statement (HTML)'), csvButton(`chargeback-${month}-by-${by}`, columns, split.rows)],
      table({ caption: `The bill of ${month} by ${by}`, columns, rows: split.rows, total: ['', '', '', '', usd(billed + adjusted, digits)], none: 'The bill has nothing of this month.' }),
      hint('The rows sum to the bill exactly. What nobody sent through the proxy stands in a row of its own.')),
    section('About it', null, facts([['Inputs', h('span', { class: 'mono' }, `sha256 ${split.inputs_sha256}`)], ['Notes', split.notes.map((note) => h('div', {}, note))]])),
  ];
}

function name(row) {
  return row.label ?? row.owner;
}

function quantity(row) {
  return row.parts.filter((part) => !String(part.type).startsWith('web_search')).reduce((all, part) => all + (part.quantity ?? 0), 0);
}
