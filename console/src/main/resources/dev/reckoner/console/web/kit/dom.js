// Elements are made of text and attributes only: nothing that came from the network is ever read as markup.

/** Characters of a figure that fit into a tile in large letters. */
const LONG = 10;

/** Makes an element; children are elements, text, or lists of them, null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'style') {
      Object.assign(element.style, value);
    } else if (name === 'value') {
      element.value = value;
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
  return element;
}

/** A part of a page under a heading, with whatever belongs beside the heading. */
export function section(title, beside, ...children) {
  return h('section', {}, h('div', { class: 'head' }, h('h2', {}, title), h('div', { class: 'beside' }, beside)), ...children);
}

/** A figure with its name, and a word on what it means. */
export function tile(name, value, note, attributes = {}) {
  const shown = h('div', { class: 'value' }, value);
  shown.classList.toggle('long', shown.textContent.replaceAll('\u2060', '').length > LONG);
  return h('div', { class: 'tile', ...attributes }, h('div', { class: 'name' }, name), shown,
    note ? h('div', { class: 'note' }, note) : null);
}

export function tiles(...children) {
  return h('div', { class: 'tiles' }, ...children);
}

export function badge(text, kind = '') {
  return h('span', { class: `badge ${kind}` }, text);
}

export function hint(...children) {
  return h('p', { class: 'hint' }, ...children);
}

/** What a page shows where there is nothing yet, with what to do. */
export function empty(title, ...children) {
  return h('div', { class: 'empty' }, h('strong', {}, title), ...children.map((child) => h('p', {}, child)));
}

export function code(text) {
  return h('code', {}, text);
}

/** A pair of lists: names and what they stand for. */
export function facts(pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

export function field(label, control) {
  return h('label', { class: 'field' }, h('span', {}, label), control);
}

export function select(name, choices, chosen, onchange) {
  return h('select', { name, onchange: (event) => onchange?.(event.target.value) },
    choices.map(([value, label]) => h('option', { value, selected: value === chosen }, label)));
}
