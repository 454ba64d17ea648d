// Asks the console's own API. What it answers with an error is shown in its own words.

const PREFIX = '/reckoner/v1/';

let session = { role: 'admin', login: false, csrf: '', version: '' };

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Who we are to the server; asked for once. */
export async function open() {
  session = await get('session');
  return session;
}

/** What apps take as their base URL. */
export async function proxyAddress(signal) {
  return (await get('state', {}, signal)).proxy ?? 'http://127.0.0.1:8484';
}

export function isAdmin() {
  return session.role === 'admin';
}

export function who() {
  return session;
}

/** Reads below the private API; parameters with an empty list or null are left out. */
export function get(path, parameters = {}, signal = undefined) {
  return ask(PREFIX + path + search(parameters), { signal });
}

/** Changes something. */
export function post(path, body = null, parameters = {}) {
  return change('POST', PREFIX + path + search(parameters), body);
}

export function change(method, url, body) {
  const headers = { 'content-type': 'application/json', 'x-reckoner-csrf': session.csrf };
  return ask(url, { method, headers, body: body === null ? undefined : JSON.stringify(body) });
}

export function search(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined) {
        query.append(name, one);
      }
    }
  }
  const text = query.toString();
  return text ? '?' + text : '';
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, credentials: 'same-origin', redirect: 'error' });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Refused(0, 'the server does not answer: is it still running?');
  }
  if (response.status === 401) {
    location.reload(); // the page to log in by stands in every page's place
  }
  const text = await response.text();
  if (!response.ok) {
    throw new Refused(response.status, message(text) ?? `the server answered with status ${response.status}`);
  }
  return text ? JSON.parse(text) : null;
}

function message(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return null;
  }
}
