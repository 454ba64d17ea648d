// Reconciliation: every comparison of the books with the bill, and what each difference comes from.

import { get, isAdmin, post } from '../kit/api.js';
import { decimal, exact } from '../kit/decimal.js';
import { badge, code, empty, facts, field, h, hint, section, tile, tiles } from '../kit/dom.js';
import { count, day, instant, plural } from '../kit/format.js';
import { dayText } from '../kit/query.js';
import { kept, matchedBadge, meaning, share, signed, summary } from '../kit/reconciled.js';
import { csvButton, table } from '../kit/table.js';

const LISTED = 200;

export async function draw(page) {
  const id = page.parameters.get('id');
  if (id) {
    return one(page, summary(await get('reconciliations/show', { id }, page.signal)));
  }
  const all = await kept(LISTED, page.signal);
  return {
    title: 'Reconciliation', version: JSON.stringify(all.map((item) => item.id)),
    content: [make(page), all.length === 0 ? nothing() : history(all)],
  };
}

function nothing() {
  return section('No reconciliation yet', null, empty('It compares each day of the books with the vendor\'s cost report, to the last decimal, and names the cause of each difference.',
    h('span', {}, 'Give the server an Admin key in ', code('ANTHROPIC_ADMIN_KEY'), ', or run ', code('reckoner reconcile --from DAY --to DAY'), '.')));
}

/** Reconciles days now, with the Admin key that the server was started with. */
function make(page) {
  if (!isAdmin()) {
    return null;
  }
  const yesterday = dayText(new Date(Date.now() - 86400_000));
  const from = h('input', { type: 'date', name: 'from', required: true, value: yesterday });
  const to = h('input', { type: 'date', name: 'to', required: true, value: yesterday });
  const said = h('p', { role: 'status', hidden: true });
  const button = h('button', { class: 'primary' }, 'Reconcile');
  return h('form', { class: 'filters', onsubmit: async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.hidden = false;
    said.className = 'hint';
    said.textContent = 'Asking the vendor for the bill…';
    try {
      const made = await post('reconcile', null, { from: from.value, to: to.value });
      page.go(`/reconciliation?id=${encodeURIComponent(made.id)}`);
    } catch (error) {
      said.className = 'problem';
      said.textContent = error.message;
      button.disabled = false;
    }
  } }, field('From (UTC day)', from), field('To, inclusive', to), button, said);
}

function history(all) {
  const columns = [
    { title: 'Days', show: (item) => h('a', { href: `/reconciliation?id=${encodeURIComponent(item.id)}` }, item.from === item.to ? item.from : `${item.from} to ${item.to}`), csv: (item) => `${item.from}/${item.to}`, sort: (item) => item.from },
    { title: 'Result', show: (item) => matchedBadge(item), csv: (item) => item.matched ? 'matched' : 'not matched', sort: (item) => String(item.matched) },
    { title: 'Billed', number: true, show: (item) => '$' + item.billed_amount, csv: (item) => item.billed_amount, sort: (item) => decimal(item.billed_amount) },
    { title: 'Ledger', number: true, wide: true, show: (item) => '$' + item.ledger_amount, csv: (item) => item.ledger_amount, sort: (item) => decimal(item.ledger_amount) },
    { title: 'Difference', number: true, show: (item) => item.difference, csv: (item) => exact(item.exactDifference), sort: (item) => item.exactDifference },
    { title: 'Coverage', number: true, wide: true, show: (item) => item.tokensShare },
    { title: 'Causes', wide: true, show: (item) => item.causes.map((cause) => cause.cause).join(', ') },
    { title: 'Made (UTC)', wide: true, show: (item) => instant(item.made_at), sort: (item) => item.made_at },
  ];
  return section('History', csvButton('reconciliations', columns, all), table({ caption: 'Reconciliations, the latest first', columns, rows: all }));
}

function one(page, item) {
  const address = `/reckoner/v1/reconciliations/html?id=${encodeURIComponent(item.id)}`;
  return {
    title: item.from === item.to ? `Reconciliation of ${item.from}` : `Reconciliation of ${item.from} to ${item.to}`, still: true,
    content: [
      hint(h('a', { href: '/reconciliation' }, 'All reconciliations')),
      tiles(
        tile('Result', item.matched ? 'matched' : 'not matched', item.headline),
        tile('Billed', '$' + item.billed_amount, 'by the vendor\'s cost report'),
        tile('Ledger', '$' + item.ledger_amount, 'by our books'),
        tile('Difference', item.difference, item.matched ? `tolerance $${item.tolerance}` : 'billed minus ledger'),
        tile('Coverage', item.tokensShare, `of billed tokens; ${item.amountShare} of money`)),
      section('Causes', h('a', { href: address, target: '_blank', rel: 'noopener' }, 'Statement (HTML)'), causes(item)),
      item.coverage.bypassing.length ? bypassing(item.coverage.bypassing) : null,
      variances(item),
      coverage(item.coverage),
      section('About it', null, facts([
        ['Id', h('span', { class: 'mono' }, item.id)], ['Made', `${instant(item.made_at)} UTC`], ['Inputs', h('span', { class: 'mono' }, `sha256 ${item.inputs_sha256}`)],
        ['Restated', item.restated.map((restated) => `${restated.day}: $${restated.before} before, $${restated.now} now`).join('; ')],
        ['Notes', item.notes.map((note) => h('div', {}, note))],
      ])),
    ],
  };
}

function causes(item) {
  const columns = [
    { title: 'Cause', show: (cause) => [cause.cause, h('div', { class: 'hint' }, meaning(cause.cause))], csv: (cause) => cause.cause },
    { title: 'Lines', number: true, show: (cause) => count(cause.count) },
    { title: 'Amount', number: true, show: (cause) => signed(decimal(cause.amount)) },
  ];
  return table({ caption: 'Causes', columns, rows: item.causes, total: ['', '', item.difference], none: 'Nothing differs.' });
}

function bypassing(keys) {
  const columns = [
    { title: 'Key', show: (key) => key.name ?? key.api_key_id ?? 'no key (Console or login)' },
    { title: 'Tokens', number: true, show: (key) => count(key.tokens) },
    { title: 'Billed', number: true, show: (key) => '$' + key.amount },
    { title: 'Since', show: (key) => [day(key.first_day), ' ', key.new ? badge('new', 'warn') : ''] },
  ];
  return section('Used beside the proxy', null, table({ caption: 'Keys that bypass', columns, rows: keys }));
}

function variances(item) {
  const columns = [
    { title: 'Day', show: (row) => day(row.starting_at), sort: (row) => row.starting_at },
    { title: 'What', show: (row) => [row.model, row.token_type, row.cost_type === 'tokens' ? null : row.cost_type, row.service_tier === 'standard' ? null : row.service_tier].filter(Boolean).join(', '), sort: (row) => `${row.model} ${row.token_type}` },
    { title: 'Ledger tokens', number: true, wide: true, show: (row) => row.ledger_tokens === null ? '–' : count(row.ledger_tokens) },
    { title: 'Billed tokens', number: true, wide: true, show: (row) => row.billed_tokens === null ? '–' : count(row.billed_tokens) },
    { title: 'Ledger', number: true, wide: true, show: (row) => '$' + row.ledger_amount, csv: (row) => row.ledger_amount },
    { title: 'Billed', number: true, wide: true, show: (row) => '$' + row.billed_amount, csv: (row) => row.billed_amount },
    { title: 'Difference', number: true, show: (row) => signed(decimal(row.difference)), csv: (row) => row.difference, sort: (row) => decimal(row.difference) },
    { title: 'Cause', show: (row) => row.cause, sort: (row) => row.cause },
    { title: 'Evidence', wide: true, show: (row) => row.evidence },
  ];
  return section(plural(item.variances.length, 'difference'), item.variances.length ? csvButton('variances', columns, item.variances) : null,
    table({ caption: 'Differences', columns, rows: item.variances, none: 'Every line of the bill agrees with the books.' }));
}

function coverage(parts) {
  const list = (title, rows, name) => h('section', {}, h('div', { class: 'head' }, h('h2', {}, title)), table({
    caption: title, rows, columns: [
      { title: title.replace('Coverage by ', ''), show: name },
      { title: 'Tokens', number: true, show: (row) => row.tokens === null ? '–' : share(row.tokens) },
      { title: 'Money', number: true, show: (row) => row.amount === null ? '–' : share(row.amount) },
      { title: 'Billed', number: true, show: (row) => '$' + row.billed_amount },
    ],
  }));
  return h('div', { class: 'two' },
    list('Coverage by key', parts.by_key, (row) => row.name ?? row.api_key_id ?? 'no key'),
    list('Coverage by model', parts.by_model, (row) => row.model ?? '–'),
    parts.by_workspace.length > 1 ? list('Coverage by workspace', parts.by_workspace, (row) => row.name ?? row.workspace_id ?? 'default') : null,
    parts.by_day.length > 1 ? list('Coverage by day', parts.by_day, (row) => row.day) : null);
}
