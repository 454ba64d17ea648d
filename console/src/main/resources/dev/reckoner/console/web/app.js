// The frame around all pages: navigation, the period that is carried along, theme, and what keeps a page up to date.

import * as api from './kit/api.js';
import { forget } from './kit/chart.js';
import { h } from './kit/dom.js';
import * as live from './kit/live.js';
import { carried, link, read } from './kit/query.js';

const GROUPS = [
  ['', [['/', 'Overview'], ['/usage', 'Usage'], ['/cost', 'Cost'], ['/people', 'People'],
    ['/rate-limits', 'Rate limits and cache'], ['/entries', 'Entries'], ['/insights', 'Insights']]],
  ['The bill', [['/reconciliation', 'Reconciliation'], ['/chargeback', 'Chargeback']]],
  ['Settings', [['/limits', 'Limits'], ['/keys', 'Keys'], ['/rates', 'Rates'], ['/alerts', 'Alerts'], ['/audit', 'Audit trail']]],
];
const MODULES = {
  '/': 'overview', '/usage': 'spend', '/cost': 'spend', '/people': 'people', '/rate-limits': 'ratelimits', '/entries': 'entries',
  '/insights': 'insights', '/reconciliation': 'reconciliation', '/chargeback': 'chargeback', '/limits': 'limits', '/keys': 'keys',
  '/rates': 'rates', '/alerts': 'alerts', '/audit': 'audit',
};
const THEMES = ['system', 'light', 'dark'];

const main = document.getElementById('main');
let drawing = new AbortController();
let again = false;
let busy = false;
let shown = '';

/** Goes to an address of ours; pages call it instead of loading anew. */
export function go(address) {
  history.pushState(null, '', address);
  draw({ arrived: true });
}

/** Draws the page anew, after a change of its own. */
export function refresh() {
  return draw({});
}

async function draw({ arrived = false, quietly = false }) {
  if (quietly && busy) {
    again = true;
    return;
  }
  drawing.abort();
  drawing = new AbortController();
  const { signal } = drawing;
  busy = true;
  if (!quietly) {
    main.setAttribute('aria-busy', 'true');
  }
  const state = read();
  navigation(state);
  try {
    const module = await import(`./pages/${MODULES[state.path] ?? 'overview'}.js`);
    const page = await module.draw({ ...state, signal, go, refresh, link: (changes) => link(state.path, state.parameters, changes) });
    if (!signal.aborted) {
      put(page, { arrived, quietly });
    }
  } catch (error) {
    if (!signal.aborted && error.name !== 'AbortError') {
      put({ title: 'Something is missing', content: [h('p', { class: 'problem', role: 'alert' }, error.message)], problem: true }, { arrived, quietly });
      if (!(error instanceof api.Refused)) {
        throw error;
      }
    }
  } finally {
    if (!signal.aborted) {
      busy = false;
      if (again) {
        again = false;
        draw({ quietly: true });
      }
    }
  }
}

/** Shows a page. One that is drawn again without being asked keeps its place, and stands still where nothing changed. */
function put(page, { arrived, quietly }) {
  const version = page.version ?? null;
  if (quietly && (page.problem || (version !== null && version === shown) || interacting())) {
    return;
  }
  shown = version;
  main.removeAttribute('aria-busy');
  forget();
  document.title = `${page.title} · Reckoner`;
  const heading = h('div', { class: 'title' }, h('h1', {}, page.title), page.period ? h('span', { class: 'period' }, `${page.period} UTC`) : null);
  main.replaceChildren(heading, ...page.content.flat(Infinity).filter(Boolean));
  live.listen(page.still ? null : () => draw({ quietly: true }));
  if (arrived) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

/** Whether somebody is filling something in, is on an element by keyboard, or reads what would close or is told only once. */
function interacting() {
  const active = document.activeElement;
  return (active && active !== main && main.contains(active) && active.matches('input, select, textarea, :focus-visible')) || main.querySelector('details[open], dialog[open], .done:not([hidden])') !== null;
}

function navigation(state) {
  const kept = carried(state.parameters);
  const nav = document.getElementById('nav');
  const scrolled = nav.scrollLeft;
  nav.replaceChildren(...GROUPS.map(([name, pages]) => h('div', {}, name ? h('div', { class: 'group' }, name) : null,
    h('ul', {}, pages.map(([path, label]) => h('li', {}, h('a', { href: link(path, kept), 'aria-current': path === state.path ? 'page' : null }, label)))))));
  nav.scrollLeft = scrolled;
}

function frame() {
  const dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  const state = h('span', { class: 'state', role: 'status' }, dot, 'connecting');
  const theme = h('button', { class: 'quiet', id: 'theme', onclick: () => turn(theme) }, '');
  named(theme);
  const session = api.who();
  document.getElementById('top').replaceChildren(
    h('a', { class: 'brand', href: '/' }, h('img', { src: '/icon.svg', width: 22, height: 22, alt: '' }), 'Reckoner'),
    h('span', { class: 'space' }), state, theme,
    session.login ? h('button', { class: 'quiet', onclick: leave }, 'Log out') : '');
  live.start((word) => {
    dot.className = `dot ${word}`;
    state.lastChild.textContent = { live: 'live', waiting: 'reconnecting', off: 'not live' }[word];
  });
}

function turn(button) {
  const root = document.documentElement;
  root.dataset.choice = THEMES[(THEMES.indexOf(root.dataset.choice) + 1) % THEMES.length];
  root.dispatchEvent(new Event('choice'));
  try {
    localStorage.setItem('theme', root.dataset.choice);
  } catch {
    // It holds until the page is left.
  }
  named(button);
  draw({});
}

function named(button) {
  button.textContent = `Theme: ${document.documentElement.dataset.choice}`;
}

async function leave() {
  await api.change('POST', '/logout', null);
  location.assign('/login');
}

document.addEventListener('click', (event) => {
  const anchor = event.target.closest('a[href^="/"]');
  if (anchor && !anchor.download && !anchor.target && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
      && MODULES[new URL(anchor.href).pathname]) {
    event.preventDefault();
    go(anchor.href);
  }
});
addEventListener('popstate', () => draw({ arrived: true }));
// followed as an address, it would be a page of its own: drawn anew, under whoever has gone on by then
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw({}));

try {
  await api.open();
} catch (error) {
  if (error.status !== 404) {
    main.replaceChildren(h('p', { class: 'problem', role: 'alert' }, error.message));
  }
}
frame();
draw({});
