// Bars and lines over time. The canvas is for the eye; the same values stand in a table below it, for everyone else.

import { h } from './dom.js';
import { bucketText } from './query.js';

const { uPlot } = globalThis;
const HEIGHT = 260;
const LABEL_WIDTH = 76;
const HOURS_OF_DAYS = 48;

/** What of a bucket's start is round, and the steps from one that is named to the next. */
const ROUND = {
  minute: [(start) => start.getUTCMinutes(), [1, 2, 5, 10, 15, 20, 30]],
  hour: [(start) => start.getUTCHours() || 24, [1, 2, 3, 4, 6, 8, 12, 24]],
};
const drawn = new Set();

const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) {
    const chart = entry.target.chart;
    const width = Math.floor(entry.contentRect.width);
    if (chart && width > 0 && width !== chart.width) {
      chart.setSize({ width, height: HEIGHT });
    }
  }
});

/** Takes away the charts of a page that is left. */
export function forget() {
  for (const chart of drawn) {
    sizes.unobserve(chart.root.parentElement ?? document.body);
    chart.destroy();
  }
  drawn.clear();
}

/** Stacked bars. values of a series: numbers, one per start. onpick(start) makes bars and the table's rows lead somewhere. */
export function bars({ label, starts, bucket, series, axis, show, onpick = null }) {
  const stacked = [];
  let below = starts.map(() => 0);
  for (const one of series) {
    below = below.map((value, at) => value + one.values[at]);
    stacked.unshift(below);
  }
  const size = [0.76, 54];
  const colours = series.map((one, at) => colour(one, at));
  const options = series.map((_, at) => ({
    fill: colours[series.length - 1 - at], width: 0, points: { show: false }, paths: uPlot.paths.bars({ size, gap: 0 }),
  }));
  return figure({ label, starts, bucket, shown: series, colours, axis, show, onpick, data: stacked, options });
}

/** Lines, each for itself; a value may be null. */
export function lines({ label, starts, bucket, series, axis, show, onpick = null }) {
  const colours = series.map((one, at) => colour(one, at));
  const options = series.map((one, at) => ({
    stroke: colours[at], width: 2, dash: one.dashed ? [6, 4] : undefined, spanGaps: false, points: { show: starts.length < 2, size: 6 },
  }));
  return figure({ label, starts, bucket, shown: series, colours, axis, show, onpick, data: series.map((one) => one.values), options, total: false });
}

function figure({ label, starts, bucket, shown, colours, axis, show, onpick, data, options, total = true }) {
  const box = h('div', { class: onpick ? 'plot picks' : 'plot', role: 'img', 'aria-label': `${label}; the values stand in the table below` });
  const tip = h('div', { class: 'tip', hidden: true });
  const legend = h('ul', { class: 'legend' }, shown.map((one, at) => h('li', {}, swatch(colours[at], one.dashed), one.name)));
  const values = h('details', { class: 'values' }, h('summary', {}, 'Values as a table'));
  values.addEventListener('toggle', () => {
    if (values.open && !values.querySelector('table')) {
      values.append(valueTable({ label, starts, bucket, shown, show, onpick }));
    }
  });
  requestAnimationFrame(() => plot({ box, tip, starts, bucket, shown, colours, axis, show, onpick, data, options, total }));
  return h('figure', { class: 'chart' }, box, legend, values);
}

function plot({ box, tip, starts, bucket, shown, colours, axis, show, onpick, data, options, total }) {
  if (!box.isConnected) {
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--muted').trim();
  const grid = { stroke: style.getPropertyValue('--line').trim(), width: 1 };
  const font = `12px ${style.getPropertyValue('--font').trim()}`;
  const chart = new uPlot({
    width: Math.max(200, Math.floor(box.clientWidth)), height: HEIGHT, legend: { show: false },
    cursor: { drag: { setScale: false, x: false, y: false }, y: false, points: { show: false } },
    scales: { x: { time: false, range: () => [-0.5, starts.length - 0.5] }, y: { range: (_, low, high) => [Math.min(0, low ?? 0), high > 0 ? high * 1.08 : 1] } },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { show: false }, size: 30, splits: (self) => marks(starts, bucket, self.bbox.width / devicePixelRatio),
        values: (_, splits) => splits.map((at) => axisText(starts[at], bucket, starts.length)) },
      { stroke: ink, font, grid, ticks: { show: false }, size: 62, values: (_, splits) => splits.map(axis) },
    ],
    series: [{}, ...options],
    hooks: { setCursor: [(self) => hover({ self, tip, starts, bucket, shown, colours, show, total })] },
  }, [starts.map((_, at) => at), ...data], box);
  chart.over.append(tip);
  if (onpick) {
    chart.over.addEventListener('click', () => {
      const at = chart.cursor.idx;
      if (at !== null && at !== undefined) {
        onpick(starts[at]);
      }
    });
  }
  box.chart = chart;
  drawn.add(chart);
  sizes.observe(box);
}

function hover({ self, tip, starts, bucket, shown, colours, show, total }) {
  const at = self.cursor.idx;
  if (at === null || at === undefined || self.cursor.left < 0) {
    tip.hidden = true;
    return;
  }
  const rows = shown.map((one, index) => ({ one, index, value: one.values[at] })).filter(({ value }) => value);
  rows.sort((a, b) => b.value - a.value);
  tip.replaceChildren(
    h('strong', {}, tipText(starts[at], bucket)),
    ...rows.map(({ one, index, value }) => h('div', { class: 'row' }, swatch(colours[index], one.dashed), h('span', {}, one.name),
      h('span', { class: 'number' }, show(value, one, at)))),
    total && rows.length !== 1 ? h('div', { class: 'row total' }, h('span', {}), h('span', {}, rows.length ? 'Total' : 'Nothing'),
      h('span', { class: 'number' }, rows.length ? show(rows.reduce((all, { value }) => all + value, 0), null, at) : '')) : '');
  tip.hidden = false;
  const width = tip.offsetWidth;
  const left = self.cursor.left + 14 + width > self.over.clientWidth ? self.cursor.left - width - 14 : self.cursor.left + 14;
  tip.style.left = `${Math.max(-40, left)}px`;
  tip.style.top = '4px';
}

function valueTable({ label, starts, bucket, shown, show, onpick }) {
  const rows = starts.map((start, at) => h('tr', {}, h('th', { scope: 'row' }, onpick
    ? h('button', { class: 'linklike', onclick: () => onpick(start) }, tipText(start, bucket)) : tipText(start, bucket)),
  shown.map((one) => h('td', { class: 'number' }, one.values[at] ? show(one.values[at], one, at) : '–'))));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, h('table', {}, h('caption', {}, label),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Time (UTC)'), shown.map((one) => h('th', { scope: 'col', class: 'number' }, one.name)))),
    h('tbody', {}, rows)));
}

/** Which buckets get a name under the axis, as many as there is room for: midnights and round minutes before others. */
function marks(starts, bucket, width) {
  const room = Math.max(1, Math.floor(width / LABEL_WIDTH));
  const [part, steps] = ROUND[bucket] ?? [null, []];
  const round = (step) => starts.flatMap((start, at) => part(start) % step === 0 ? [at] : []);
  const days = bucket === 'hour' ? round(24) : [];
  const fitting = steps.map(round).find((marked) => marked.length <= room) ?? days;
  return fitting.length ? every(fitting, room) : every(starts.map((_, at) => at), room);
}

function every(marked, room) {
  const step = Math.ceil(marked.length / room);
  return marked.filter((_, at) => at % step === 0);
}

function axisText(start, bucket, length) {
  const text = bucketText(start, bucket);
  if (bucket === 'hour' && length > HOURS_OF_DAYS) {
    return start.toISOString().slice(5, 10);
  }
  return bucket === 'hour' && text === '00:00' ? start.toISOString().slice(5, 10) : text.length === 10 ? text.slice(5) : text;
}

function tipText(start, bucket) {
  switch (bucket) {
    case 'minute':
    case 'hour':
      return start.toISOString().slice(0, 16).replace('T', ' ');
    case 'week':
      return `week of ${bucketText(start, bucket)}`;
    default:
      return bucketText(start, bucket);
  }
}

function swatch(fill, dashed) {
  const mark = h('span', { class: dashed ? 'swatch dashed' : 'swatch', 'aria-hidden': 'true' });
  mark.style.background = fill;
  return mark;
}

function colour(one, at) {
  return getComputedStyle(document.documentElement).getPropertyValue(one.rest ? '--series-rest' : `--series-${at % 10}`).trim();
}
