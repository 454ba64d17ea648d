// Forms that change something: the button waits for the answer, and what was refused is said beside it.

import { h } from './dom.js';

/** A form with its fields; send() returns what to show once it is done, or nothing. */
export function changing({ fields, button, send, done }) {
  const said = h('div', { role: 'status', hidden: true });
  const submit = h('button', { class: 'primary' }, button);
  return h('form', { onsubmit: async (event) => {
    event.preventDefault();
    submit.disabled = true;
    said.hidden = true;
    try {
      const shown = await send();
      if (shown) {
        said.className = 'done';
        said.replaceChildren(shown);
        said.hidden = false;
      }
      await done?.(shown);
    } catch (error) {
      said.className = 'problem';
      said.textContent = error.message;
      said.hidden = false;
    } finally {
      submit.disabled = false;
    }
  } }, h('div', { class: 'fields' }, fields, submit), said);
}

/** A button that asks once more before it does what can't be undone. */
export function confirming({ label, question, act, refresh }) {
  const button = h('button', { class: 'quiet danger' }, label);
  let sure = false;
  button.addEventListener('click', async () => {
    if (!sure) {
      sure = true;
      button.textContent = question;
      return;
    }
    button.disabled = true;
    try {
      await act();
      await refresh();
    } catch (error) {
      button.textContent = error.message;
    }
  });
  button.addEventListener('blur', () => {
    if (!button.disabled) {
      sure = false;
      button.textContent = label;
    }
  });
  return button;
}
