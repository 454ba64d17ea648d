// What is known of the bill: the reconciliations that were kept, and how they are told in a line.

import { get } from './api.js';
import { decimal, percent, usd } from './decimal.js';
import { badge, code, empty, h, hint } from './dom.js';
import { instant } from './format.js';

const MEANINGS = {
  bypassed: 'billed for traffic that did not pass through the proxy',
  rate: 'tokens agree, the price per token differs',
  estimate: 'the ledger had to estimate; the bill has the count',
  boundary: 'an exchange across midnight, booked on the other day',
  late: 'the vendor has not yet reported all of the day',
  priority: 'priority tier is not part of the cost report',
  container: 'code execution, which no response states',
  session_time: 'session time, which no response states',
  batch_uncollected: 'a batch whose results nobody has downloaded yet',
  discount: 'a discount on the bill that the rate table lacks',
  interrupted: 'the proxy was stopped in the middle of an exchange',
  not_billed: 'a refusal before any output, which is not billed',
  tier: 'served at another tier than the ledger was told',
  unknown: 'no evidence decides the cause',
};

/** Kept reconciliations, the latest first. */
export async function kept(limit, signal) {
  const { reconciliations } = await get('reconciliations', { limit }, signal);
  return reconciliations.map(summary);
}

/** The latest one; null where none was made. */
export async function latest(signal) {
  return (await kept(1, signal))[0] ?? null;
}

export function summary(json) {
  const difference = decimal(json.difference);
  return {
    ...json,
    difference: signed(difference),
    exactDifference: difference,
    tokensShare: json.coverage.tokens === null ? '–' : share(json.coverage.tokens),
    amountShare: json.coverage.amount === null ? '–' : share(json.coverage.amount),
  };
}

export function share(text) {
  return percent(decimal(text), decimal('1'));
}

export function signed(value) {
  return (value > 0n ? '+' : '') + usd(value);
}

export function meaning(cause) {
  return MEANINGS[cause] ?? '';
}

/** Matched or not, and why, in a few lines. */
export function verdict(last) {
  if (last === null) {
    return empty('No reconciliation yet.', h('span', {}, 'It compares each day of the books with the vendor\'s cost report. Give the server an Admin key in ',
      code('ANTHROPIC_ADMIN_KEY'), ' and run ', code('reckoner reconcile'), '.'));
  }
  return [
    h('p', { class: 'verdict' }, matchedBadge(last), ` ${last.headline}`),
    h('table', {}, h('caption', {}, 'Causes of the difference'), h('tbody', {}, last.causes.map((one) => h('tr', {},
      h('th', { scope: 'row' }, one.cause, h('div', { class: 'hint' }, meaning(one.cause))), h('td', { class: 'number' }, signed(decimal(one.amount))))))),
    hint(`${last.from} to ${last.to}, made ${instant(last.made_at)} UTC. ${last.tokensShare} of the billed tokens and ${last.amountShare} of the billed money passed through the proxy.`),
  ];
}

export function matchedBadge(one) {
  return one.matched ? badge('matched', 'good') : badge('not matched', 'bad');
}
