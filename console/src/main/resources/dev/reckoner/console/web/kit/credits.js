// What should be left of the prepaid credits, as the command line draws it up.

import { get } from './api.js';
import { decimal, usd } from './decimal.js';
import { h, tile } from './dom.js';

/** The tile for it. */
export async function creditTile(signal) {
  const { statement, low } = await get('credits/statement', {}, signal);
  if (statement === null) {
    return tile('Credits', 'not stated', h('span', {}, 'say it with ', h('code', {}, 'reckoner credits set')));
  }
  const value = h('span', {}, usd(decimal(statement.remaining), 2));
  if (low) {
    value.className = 'bad';
  }
  return tile('Credits left', value, runway(statement));
}

function runway(statement) {
  if (statement.runsOut === null) {
    return 'no end in sight';
  }
  return `until ${statement.runsOut.slice(0, 10)} at ${usd(decimal(statement.perDay), 2)} a day`;
}
