// Alerts: what an operator is told without asking, and whether it arrived.

import { get, isAdmin, post } from '../kit/api.js';
import { badge, code, empty, hint, section } from '../kit/dom.js';
import { changing } from '../kit/forms.js';
import { count, instant, words } from '../kit/format.js';
import { csvButton, table } from '../kit/table.js';

const LISTED = 500;
const DELIVERIES = { SENT: 'good', FAILED: 'bad', WAITING: 'warn' };

export async function draw(page) {
  const { alerts } = await get('alerts', { limit: LISTED }, page.signal);
  const columns = [
    { title: 'Last (UTC)', show: (one) => instant(one.lastAt), sort: (one) => one.lastAt },
    { title: 'Kind', show: (one) => words(one.alert.kind), sort: (one) => one.alert.kind },
    { title: 'Message', show: (one) => one.alert.message },
    { title: 'Times', number: true, wide: true, show: (one) => count(one.repeats + 1), csv: (one) => one.repeats + 1, sort: (one) => one.repeats },
    { title: 'Delivery', show: (one) => [badge(words(one.delivery), DELIVERIES[one.delivery] ?? ''), one.problem ? hint(one.problem) : ''], csv: (one) => words(one.delivery) },
  ];
  return {
    title: 'Alerts', version: JSON.stringify(alerts),
    content: [
      isAdmin() ? section('Do they arrive?', null, changing({ fields: [], button: 'Send a test', send: async () => {
        const sent = await post('alerts/test');
        return sent.delivery === 'KEPT' ? 'Kept, but there is nowhere to send it: set alerts.webhook.' : `${words(sent.delivery)}.`;
      }, done: null }), hint('They go to one webhook, signed: ', code('alerts.webhook'), ' and ', code('alerts.secret'), ' in the settings.')) : null,
      section('Alerts', alerts.length ? csvButton('alerts', columns, alerts) : null, alerts.length === 0
        ? empty('No alert so far.', 'A rate that is missing, a limit nearly used up, a difference from the bill, a key that bypasses the proxy: each would be told here.')
        : table({ caption: 'Alerts, the latest first', columns, rows: alerts })),
    ],
  };
}
