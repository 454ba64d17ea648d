// One exchange, like a line of an invoice: who, what, each line of its charge, and what became of it since.

import { get } from '../kit/api.js';
import { ZERO, decimal, exact, sum } from '../kit/decimal.js';
import { empty, facts, h, hint, section } from '../kit/dom.js';
import { amount, outcomeBadge, shownCost } from '../kit/entries.js';
import { count, instant, milliseconds, words } from '../kit/format.js';
import { link, named } from '../kit/query.js';
import { TYPES } from '../kit/report.js';
import { table } from '../kit/table.js';

const STATUSES = {
  RATED: 'every line has an exact amount',
  PENDING: 'tokens are kept; the amount of a line is not known yet, and is not zero',
  AMBIGUOUS: 'more than one rate could be meant; the amount is the lower one',
  NOT_BILLED: 'the vendor does not bill it',
};

export async function explain(page, id) {
  const { entries } = await get('entries/' + encodeURIComponent(id), {}, page.signal);
  if (entries.length === 0) {
    return { title: 'Entries', still: true, content: [empty(`Nothing is booked under ${id}.`, h('a', { href: '/entries' }, 'All entries'))] };
  }
  const content = [hint(h('a', { href: '/entries' }, 'All entries'))];
  for (const one of entries) {
    const { revisions } = await get('history/' + encodeURIComponent(one.entry.closing.opening.id), {}, page.signal);
    content.push(invoice(one.entry), ...past(revisions));
  }
  return { title: entries.length === 1 ? 'Exchange' : `${entries.length} exchanges under ${id}`, still: true, content };
}

function invoice(entry) {
  const { closing, charge } = entry;
  const { opening, reading } = closing;
  return [
    section(opening.id, outcomeBadge(closing.outcome), facts([
      ['Cost', h('strong', {}, shownCost(charge, 6))],
      ...who(opening.attribution),
      ['Key', [opening.attribution.key.hint, opening.attribution.virtualKey && h('span', {}, ' through ', h('a', { href: `/keys?id=${encodeURIComponent(opening.attribution.virtualKey)}` }, opening.attribution.virtualKey))]],
      ['Started', `${instant(opening.startedAt)} UTC`],
      ['Took', `${took(opening.startedAt, closing.endedAt)}${closing.firstByteAt ? `, first byte after ${took(opening.startedAt, closing.firstByteAt)}` : ''}`],
      ['Asked', [opening.method, ' ', opening.path, asked(opening.asked)]],
      ['Served', served(reading)],
      ['Ended', [words(closing.outcome), closing.status ? `, status ${closing.status}` : '', closing.outcomeDetail ? `, ${closing.outcomeDetail}` : '', reading.errorType ? `, ${reading.errorType}` : '']],
      ['Bytes', `${count(closing.bytesIn)} in, ${count(closing.bytesOut)} out`],
      ['Vendor', [closing.requestId, reading.messageId, closing.workspaceId, closing.organizationId].filter(Boolean).join(', ')],
    ])),
    section('Charge', null, lines(charge), facts([
      ['Rating', `${words(charge.status)}: ${STATUSES[charge.status] ?? ''}${charge.reason ? ` (${charge.reason})` : ''}`],
      ['Estimated', charge.estimated ? `output tokens, by ${charge.estimateMethod}` : null],
    ]), hint('USD, exact: nothing is rounded. Rates are per million tokens, per thousand searches. ', h('a', { href: '/rates' }, 'Where rates come from'))),
    reading.rawUsage?.length ? section('Usage as the response stated it', null, reading.rawUsage.map((raw) => h('pre', {}, pretty(raw)))) : null,
  ];
}

function who(attribution) {
  const part = (name) => attribution[name] ? [h('a', { href: link(name === 'session' ? '/entries' : '/people', [], { [name]: attribution[name].value }) }, attribution[name].value), h('span', { class: 'muted' }, ` by ${words(attribution[name].source)}`)] : null;
  return [
    ['User', part('user') ?? named('')], ['Team', part('team')], ['Project', part('project')], ['Session', part('session')],
    ['Tags', attribution.tags.join(' ')],
  ];
}

function took(from, until) {
  return `${(milliseconds(from, until) / 1000).toFixed(3)} s`;
}

function asked(asked) {
  const parts = [asked.model, asked.stream === null ? null : asked.stream ? 'streamed' : 'whole', asked.maxTokens === null ? null : `max_tokens ${count(asked.maxTokens)}`,
    asked.serviceTier && `service_tier ${asked.serviceTier}`, asked.speed && `speed ${asked.speed}`, asked.inferenceGeo && `inference_geo ${asked.inferenceGeo}`, asked.betas && `betas ${asked.betas}`];
  return parts.filter(Boolean).map((part) => `, ${part}`).join('');
}

function served(reading) {
  const parts = [reading.model, reading.usage?.serviceTier, reading.usage?.speed, reading.usage?.inferenceGeo, reading.stopReason && `stop_reason ${reading.stopReason}`];
  return parts.filter(Boolean).join(', ') || 'nothing seen';
}

function lines(charge) {
  const several = new Set(charge.lines.map((line) => line.attempt)).size > 1;
  const columns = [
    { title: 'Model', show: (line) => (several ? `#${line.attempt + 1} ` : '') + line.model },
    { title: 'Token type', show: (line) => TYPES.find(([type]) => type === line.type)?.[1] ?? words(line.type) },
    { title: 'Quantity', number: true, show: (line) => (charge.estimated && line.type === 'OUTPUT' ? '~' : '') + count(line.quantity) },
    { title: '× Rate', number: true, show: (line) => line.rate === null ? '?' : exact(decimal(line.rate)) },
    { title: '× Factor', number: true, show: (line) => exact(decimal(line.factor)) },
    { title: '= Amount', number: true, show: (line) => line.amount === null ? '?' : exact(decimal(line.amount)) },
    { title: 'Rate version', wide: true, show: (line) => h('span', { class: 'mono' }, line.rateVersion ?? '') },
  ];
  return table({ caption: 'Lines of the charge', columns, rows: charge.lines, total: ['', '', '', '', '', exact(amount(charge)), ''], none: 'No lines: nothing is charged.' });
}

function past(revisions) {
  if (revisions.length < 2) {
    return [];
  }
  const columns = [
    { title: 'Revision', show: (one) => String(one.number) },
    { title: 'Booked (UTC)', show: (one) => instant(one.correctedAt ?? one.entry.bookedAt) },
    { title: 'Cause', show: (one) => one.cause ? words(one.cause) : 'booked' },
    { title: 'Reason', show: (one) => one.reason ?? '' },
    { title: 'Amount', number: true, show: (one) => exact(sum(one.entry.charge.lines.map((line) => line.amount === null ? ZERO : decimal(line.amount)))) },
  ];
  return [section('Corrections', null, table({ caption: 'Corrections, oldest first', columns, rows: revisions }))];
}

function pretty(raw) {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
