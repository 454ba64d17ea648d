// Entries as rows of a table: who, what, how it ended, what it cost.

import { ZERO, decimal, exact, sum, usd } from './decimal.js';
import { badge, h } from './dom.js';
import { count, instant, words } from './format.js';
import { named } from './query.js';

const OUTCOMES = { OK: '', FAILED_DOWNSTREAM: 'warn', FAILED_UPSTREAM: 'bad', FAILED_LOCAL: 'bad' };

export function amount(charge) {
  return sum(charge.lines.map((line) => line.amount === null ? ZERO : decimal(line.amount)));
}

/** What a charge came to, as the command line says it. */
export function shownCost(charge, digits) {
  if (charge.status === 'PENDING' && amount(charge) === ZERO) {
    return '?';
  }
  if (charge.status === 'NOT_BILLED') {
    return 'not billed';
  }
  return (charge.status === 'PENDING' ? '?' : '') + (charge.estimated ? '~' : '') + usd(amount(charge), digits);
}

export function tokensOf(charge) {
  return charge.lines.filter((line) => line.type !== 'WEB_SEARCH').reduce((all, line) => all + line.quantity, 0);
}

export function outcomeBadge(outcome) {
  if (outcome === 'OK_UPSTREAM_COMPLETE') {
    return badge('ok', 'good');
  }
  const kind = Object.entries(OUTCOMES).find(([start]) => outcome.startsWith(start))?.[1] ?? '';
  return badge(words(outcome).replace('failed ', ''), kind);
}

export function entryColumns(entries) {
  const dearest = entries.reduce((most, one) => amount(one.entry.charge) > most ? amount(one.entry.charge) : most, ZERO);
  const digits = dearest >= decimal('10') ? 2 : 4;
  const opening = (one) => one.entry.closing.opening;
  const model = (one) => one.entry.closing.reading.model ?? opening(one).asked.model ?? '';
  return [
    { title: 'Ended (UTC)', show: (one) => h('a', { href: `/entries?id=${encodeURIComponent(opening(one).id)}` }, instant(one.entry.closing.endedAt)), csv: (one) => one.entry.closing.endedAt },
    { title: 'Exchange', wide: true, show: (one) => h('span', { class: 'mono' }, opening(one).id.slice(-12)), csv: (one) => opening(one).id },
    { title: 'User', show: (one) => named(opening(one).attribution.user?.value ?? '') },
    { title: 'Model', show: (one) => named(model(one)) },
    { title: 'Outcome', wide: true, show: (one) => outcomeBadge(one.entry.closing.outcome), csv: (one) => one.entry.closing.outcome.toLowerCase() },
    { title: 'Tokens', number: true, wide: true, show: (one) => count(tokensOf(one.entry.charge)), csv: (one) => tokensOf(one.entry.charge) },
    { title: 'Cost', number: true, show: (one) => shownCost(one.entry.charge, digits), csv: (one) => exact(amount(one.entry.charge)) },
  ];
}
