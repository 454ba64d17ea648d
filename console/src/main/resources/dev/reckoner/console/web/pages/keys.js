// Keys of our own: who has which, what they may do, and making, rotating and revoking them.

import { get, isAdmin, post } from '../kit/api.js';
import { badge, code, empty, field, h, hint, section, select } from '../kit/dom.js';
import { changing, confirming } from '../kit/forms.js';
import { instant } from '../kit/format.js';
import { table } from '../kit/table.js';

const LIVES = [['', 'never'], ['30', 'in 30 days'], ['90', 'in 90 days'], ['365', 'in a year']];
const TRUSTS = [['SESSIONS', 'sessions and tags'], ['USERS', 'users, sessions and tags'], ['NONE', 'nothing']];

export async function draw(page) {
  const [{ keys }, { changes }] = await Promise.all([get('keys', {}, page.signal), get('keys/changes', {}, page.signal)]);
  const id = page.parameters.get('id');
  const shown = id ? keys.filter((key) => key.id === id) : keys;
  return {
    title: 'Keys', version: JSON.stringify([keys, changes]),
    content: [
      isAdmin() && !id ? section('Make a key', null, form(page), hint('An app presents it instead of the vendor\'s key, which it never holds. It is shown once and kept nowhere.')) : null,
      id ? hint(h('a', { href: '/keys' }, 'All keys')) : null,
      section(id ? `Key ${id}` : 'Keys', null, shown.length === 0
        ? empty('No keys of our own yet.', h('span', {}, 'Apps present the vendor\'s keys, which pass through. Make one above, or with ', code('reckoner keys create --user ada'), '.'))
        : list(page, shown)),
      section('Changes', null, trail(changes.filter((change) => !id || change.keyId === id), keys)),
    ],
  };
}

function form(page) {
  const input = (name, placeholder, size = 14) => h('input', { name, placeholder, size });
  const [name, user, team, project, tags, models, budget] = [input('name', 'laptop'), input('user', 'ada'), input('team', 'engines'), input('project', 'tables'), input('tags', 'a, b'), input('models', 'all', 20), input('budget', '50/day', 10)];
  const credential = h('input', { name: 'credential', value: 'default', size: 10 });
  const life = select('expires', LIVES, '');
  const trust = select('trust', TRUSTS, 'SESSIONS');
  return changing({
    fields: [field('Name', name), field('User', user), field('Team', team), field('Project', project), field('Tags', tags), field('Models', models), field('Budget (USD)', budget), field('Credential', credential), field('Expires', life), field('Its client may name', trust)],
    button: 'Make the key',
    send: async () => {
      const issued = await post('keys', { draft: {
        name: name.value.trim(), user: stated(user), team: stated(team), project: stated(project), tags: listed(tags), models: listed(models), credential: credential.value.trim(), trust: trust.value,
        expiresAt: life.value ? new Date(Date.now() + Number(life.value) * 86400_000).toISOString() : null, budget: stated(budget),
      }, origin: 'console' });
      return secret(issued, page);
    },
  });
}

function stated(control) {
  return control.value.trim() || null;
}

function listed(control) {
  return control.value.split(',').map((one) => one.trim()).filter(Boolean);
}

function secret(issued, page) {
  return h('div', {}, h('p', {}, 'Copy it now: it is not shown again.'), h('p', {}, h('code', { id: 'secret' }, issued.secret)),
    h('button', { type: 'button', class: 'quiet', onclick: page.refresh }, 'I have it'));
}

function list(page, keys) {
  const columns = [
    { title: 'Name', show: (key) => [h('a', { href: `/keys?id=${encodeURIComponent(key.id)}` }, key.name || key.id), h('div', { class: 'hint mono' }, key.secret.hint)], sort: (key) => key.name },
    { title: 'For', show: (key) => [key.user, key.team, key.project].filter(Boolean).join(', ') || 'nobody in particular', sort: (key) => key.user ?? '' },
    { title: 'Models', wide: true, show: (key) => key.models.join(', ') || 'all' },
    { title: 'Credential', wide: true, show: (key) => key.credential },
    { title: 'Made (UTC)', wide: true, show: (key) => instant(key.createdAt), sort: (key) => key.createdAt },
    { title: 'State', show: state, sort: (key) => word(key) },
    { title: '', show: (key) => actions(page, key) },
  ];
  return table({ caption: 'Keys', columns, rows: keys });
}

function word(key) {
  const now = new Date().toISOString();
  if (key.revokedAt && key.revokedAt <= now) {
    return 'revoked';
  }
  return key.expiresAt && key.expiresAt <= now ? 'expired' : 'valid';
}

function state(key) {
  const name = word(key);
  return [badge(name, name === 'valid' ? 'good' : ''), name === 'valid' && key.expiresAt ? h('div', { class: 'hint' }, `until ${instant(key.expiresAt)}`) : ''];
}

function actions(page, key) {
  if (!isAdmin() || word(key) !== 'valid') {
    return '';
  }
  const cell = h('div', { class: 'beside' });
  cell.append(
    h('button', { class: 'quiet', onclick: async () => {
      try {
        const issued = await post('keys/rotate', { id: key.id, grace: 'PT24H', origin: 'console' });
        cell.replaceChildren(h('div', { class: 'done' }, secret(issued, page), hint('The old one is good for 24 hours more.')));
      } catch (error) {
        cell.append(h('span', { class: 'problem' }, error.message));
      }
    } }, 'Rotate'),
    confirming({ label: 'Revoke', question: 'Really revoke?', act: () => post('keys/revoke', { id: key.id, grace: 'PT0S', origin: 'console' }), refresh: page.refresh }));
  return cell;
}

function trail(changes, keys) {
  const names = new Map(keys.map((key) => [key.id, key.name]));
  const columns = [
    { title: 'When (UTC)', show: (one) => instant(one.at) }, { title: 'What', show: (one) => one.what },
    { title: 'Key', show: (one) => names.get(one.keyId) || one.keyId }, { title: 'Detail', wide: true, show: (one) => one.detail }, { title: 'From', show: (one) => one.origin },
  ];
  return table({ caption: 'Changes of keys', columns, rows: changes, none: 'None was made, rotated or revoked.', first: 20 });
}
