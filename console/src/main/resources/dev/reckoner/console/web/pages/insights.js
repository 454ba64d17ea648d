// Insights: what would have been cheaper, from the books alone, each with its arithmetic.

import { get } from '../kit/api.js';
import { controls } from '../kit/controls.js';
import { decimal, exact, percent, places, usd } from '../kit/decimal.js';
import { badge, empty, h, hint, section, tile, tiles } from '../kit/dom.js';
import { count, day, words } from '../kit/format.js';
import { named, title } from '../kit/query.js';
import { TYPES } from '../kit/report.js';
import { csvButton, table } from '../kit/table.js';

const CERTAINTIES = { CERTAIN: 'good', ASSUMED: 'warn', HYPOTHETICAL: '' };

export async function draw(page) {
  const span = { from: page.range.from.toISOString(), until: page.range.until.toISOString() };
  const filters = Object.fromEntries(Object.entries(page.where).map(([name, values]) => ['where.' + name, values]));
  const answer = await get('insights', { ...span, ...filters }, page.signal);
  const spent = decimal(answer.spent);
  return {
    title: 'Insights', period: page.range.text, version: JSON.stringify(answer),
    content: [
      controls(page, {}),
      tiles(
        tile('Spent', usd(spent), `${count(answer.exchanges)} exchanges`),
        tile('Certain', largest(answer.insights, 'CERTAIN'), 'the same answers for less'),
        tile('Assumed', largest(answer.insights, 'ASSUMED'), 'if the sentence below the title is true')),
      answer.insights.length === 0 ? empty('Nothing in this period would have been cheaper.', 'Caches pay, nothing ran in fast mode, and nothing could have been a batch.') : null,
      answer.insights.map((one) => insight(one, spent)),
      hint('The same exchange may count under several of these, so the savings do not add up. ',
        answer.read.whole ? '' : `What needs single exchanges is read from ${day(answer.read.from)} on. `,
        `Rates are those of table ${answer.rates}, as of the time of the exchanges.`),
    ],
  };
}

function largest(insights, certainty) {
  const savings = insights.filter((one) => one.certainty === certainty).map((one) => decimal(one.saving));
  return savings.length === 0 ? '–' : `up to ${usd(savings.reduce((most, one) => one > most ? one : most))}`;
}

function insight(one, spent) {
  const saving = decimal(one.saving);
  const digits = places(decimal(one.paid));
  const columns = [
    { title: 'What', show: (step) => step.what.startsWith('FAILED_') ? words(step.what) : step.what, sort: (step) => step.what },
    { title: 'Token type', show: (step) => TYPES.find(([type]) => type === step.type)?.[1] ?? words(step.type ?? 'all') },
    { title: 'Tokens', number: true, show: (step) => count(step.quantity), csv: (step) => step.quantity, sort: (step) => step.quantity },
    { title: '× (rate', number: true, wide: true, show: (step) => step.rate === null ? '–' : exact(decimal(step.rate)) },
    { title: '− instead)', number: true, wide: true, show: (step) => step.insteadRate === null ? '–' : exact(decimal(step.insteadRate)) },
    { title: '= Saving', number: true, show: (step) => usd(decimal(step.saving), digits), csv: (step) => exact(decimal(step.saving)), sort: (step) => decimal(step.saving) },
  ];
  return section(one.title, [badge(words(one.certainty), CERTAINTIES[one.certainty] ?? ''), csvButton(`insight-${one.kind.toLowerCase().replaceAll('_', '-')}`, columns, one.steps)],
    h('p', { class: 'verdict' }, h('strong', {}, usd(saving, digits)), ` of ${usd(decimal(one.paid), digits)} paid, ${percent(saving, spent)} of all that was spent`),
    hint(one.assumption),
    table({ caption: `The arithmetic of: ${one.title}`, columns, rows: one.steps, first: 8, total: ['', '', '', '', '', usd(saving, digits)] }),
    one.owners.length ? hint('Whose: ', one.owners.slice(0, 5).map((owner, at) => [at ? '; ' : '', whose(owner.group), ' ', usd(decimal(owner.saving), digits)]), one.moreOwners ? `; and ${count(one.moreOwners)} more` : '') : null,
    one.leftOut ? hint(`${count(one.leftOut)} exchanges left out: what they cost is not their usage at one rate of the present table.`) : null);
}

function whose(group) {
  return Object.entries(group).map(([dimension, value]) => `${title(dimension.toLowerCase()).toLowerCase()} ${named(value)}`).join(', ');
}
