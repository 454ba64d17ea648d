// Tables that sort, that show a hundred rows until asked for more, and that give all of them as CSV.

import { h } from './dom.js';

const SHOWN = 100;
const FORMULA_STARTS = '=+-@\t\r\n';

/**
 * Makes a table.
 *
 * columns: title; show(row) text or element; sort(row), without which it can't be sorted by; number, aligned right;
 * csv(row), without which show's text is taken; wide, left out on narrow screens.
 */
export function table({ caption, columns, rows, total = null, none = 'Nothing here.', first = SHOWN }) {
  const box = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption });
  let sorted = rows;
  let by = null;
  let descending = true;
  let most = first;

  function choose(column) {
    descending = by === column ? !descending : Boolean(column.number);
    by = column;
    const order = descending ? -1 : 1;
    sorted = [...rows].sort((a, b) => order * compare(column.sort(a), column.sort(b)));
    draw();
  }

  function heading(column) {
    const attributes = { scope: 'col', class: kind(column), 'aria-sort': by === column ? (descending ? 'descending' : 'ascending') : null };
    return column.sort
      ? h('th', attributes, h('button', { class: 'sort', onclick: () => choose(column) }, column.title))
      : h('th', attributes, column.title);
  }

  function draw() {
    const body = sorted.slice(0, most).map((row) => h('tr', {}, columns.map((column, at) => cell(column, row, at))));
    const parts = [
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, columns.map(heading))),
      h('tbody', {}, body.length ? body : h('tr', {}, h('td', { colspan: columns.length, class: 'none' }, none))),
      total && rows.length ? h('tfoot', {}, h('tr', {}, columns.map((column, at) => at === 0
        ? h('th', { scope: 'row' }, 'Total') : h('td', { class: kind(column) }, total[at] ?? '')))) : null,
    ];
    const rest = sorted.length - most;
    box.replaceChildren(h('table', {}, parts), ...(rest > 0
      ? [h('button', { class: 'more', onclick: () => { most = sorted.length; draw(); } }, `Show ${rest} more`)] : []));
  }

  draw();
  return box;
}

/** A button that saves what a table holds. */
export function csvButton(name, columns, rows) {
  return h('button', { class: 'quiet', 'data-csv': name, onclick: () => save(name, csv(columns, rows)) }, 'CSV');
}

export function csv(columns, rows) {
  const lines = [columns.map((column) => quoted(column.title))];
  for (const row of rows) {
    lines.push(columns.map((column) => {
      const value = column.csv ? column.csv(row) : column.show(row);
      return quoted(typeof value === 'number' || typeof value === 'bigint' || column.number ? String(value) : safe(String(value ?? '')));
    }));
  }
  return lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
function safe(text) {
  return text !== '' && FORMULA_STARTS.includes(text[0]) ? "'" + text : text;
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const anchor = h('a', { href: address, download: `reckoner-${name}.csv` });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  URL.revokeObjectURL(address);
}

function cell(column, row, at) {
  const shown = column.show(row);
  return at === 0 ? h('th', { scope: 'row', class: kind(column) }, shown) : h('td', { class: kind(column) }, shown);
}

function kind(column) {
  return [column.number ? 'number' : '', column.wide ? 'wide' : ''].filter(Boolean).join(' ') || null;
}

function compare(a, b) {
  if (typeof a === 'string' && typeof b === 'string') {
    return a.localeCompare(b);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
