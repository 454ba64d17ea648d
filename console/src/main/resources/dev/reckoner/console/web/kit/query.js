// The state of a page is its address: a period, what to group by, and filters, in the command line's own words.

const HOUR = 3600_000;
const DAY = 24 * HOUR;

export const DIMENSIONS = [
  ['user', 'User'], ['team', 'Team'], ['project', 'Project'], ['model', 'Model'], ['key', 'Key'],
  ['virtual_key', 'Virtual key'], ['workspace', 'Workspace'], ['session', 'Session'], ['tag', 'Tag'],
  ['service_tier', 'Service tier'], ['speed', 'Speed'], ['inference_geo', 'Geography'], ['context_window', 'Context window'],
];
export const PERIODS = [
  ['1d', 'Today'], ['7d', '7 days'], ['30d', '30 days'], ['month', 'This month'], ['last-month', 'Last month'],
  ['90d', '90 days'], ['12mo', '12 months'],
];
const BUCKETS = ['minute', 'hour', 'day', 'week', 'month'];

export const NOT_STATED = '(not stated)';

export function title(dimension) {
  return DIMENSIONS.find(([name]) => name === dimension)?.[1] ?? dimension;
}

/** Values of dimensions as people read them. */
export function named(value) {
  return value === '' ? NOT_STATED : value;
}

/** Reads the address. What is not understood there is left out, and said. */
export function read(address = location) {
  const parameters = new URLSearchParams(address.search);
  const where = {};
  for (const [name] of DIMENSIONS) {
    if (parameters.has(name)) {
      where[name] = parameters.getAll(name);
    }
  }
  const range = period(parameters, new Date());
  const asked = parameters.get('bucket');
  const bucket = BUCKETS.includes(asked) && sensible(asked, range) ? asked : fitting(range);
  return { path: address.pathname, parameters, where, range, bucket };
}

/** The address of a page with some parameters changed; null takes one away. */
export function link(path, parameters, changes = {}) {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined) {
        next.append(name, one);
      }
    }
  }
  const text = next.toString();
  return path + (text ? '?' + text : '');
}

/** Only what says which time and whose, to carry from page to page. */
export function carried(parameters) {
  const kept = new URLSearchParams();
  for (const [name, value] of parameters) {
    if (['last', 'since', 'until', 'period'].includes(name) || DIMENSIONS.some(([known]) => known === name)) {
      kept.append(name, value);
    }
  }
  return kept;
}

/** The parameters that narrow a page to one bucket, a step finer. */
export function into(start, bucket) {
  const from = new Date(start);
  switch (bucket) {
    case 'hour':
      return { since: hourText(from), until: null, last: null, bucket: 'minute' };
    case 'day':
      return { since: dayText(from), until: dayText(from), last: null, bucket: 'hour' };
    case 'week':
      return { since: dayText(from), until: dayText(new Date(from.getTime() + 6 * DAY)), last: null, bucket: 'day' };
    case 'month':
      return { since: dayText(from), until: dayText(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 0))), last: null, bucket: 'day' };
    default:
      return null;
  }
}

/** What a bucket can be split into within that range. */
export function bucketsFor(range) {
  return BUCKETS.filter((bucket) => sensible(bucket, range));
}

/** The starts of all buckets of a range, as the server gives them. */
export function starts(range, bucket) {
  const all = [];
  let at = floor(range.from, bucket);
  while (at < range.until && all.length < 5000) {
    all.push(at);
    at = next(at, bucket);
  }
  return all;
}

export function floor(date, bucket) {
  const time = date.getTime();
  switch (bucket) {
    case 'minute':
      return new Date(time - time % 60_000);
    case 'hour':
      return new Date(time - time % HOUR);
    case 'week': {
      const midnight = time - time % DAY;
      return new Date(midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY);
    }
    case 'month':
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
    default:
      return new Date(time - time % DAY);
  }
}

function next(date, bucket) {
  switch (bucket) {
    case 'minute':
      return new Date(date.getTime() + 60_000);
    case 'hour':
      return new Date(date.getTime() + HOUR);
    case 'week':
      return new Date(date.getTime() + 7 * DAY);
    case 'month':
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
    default:
      return new Date(date.getTime() + DAY);
  }
}

export function dayText(date) {
  return date.toISOString().slice(0, 10);
}

export function hourText(date) {
  return date.toISOString().slice(0, 13);
}

/** A bucket's name under an axis, or in a table. */
export function bucketText(date, bucket) {
  const text = date.toISOString();
  switch (bucket) {
    case 'minute':
    case 'hour':
      return text.slice(11, 16);
    case 'month':
      return text.slice(0, 7);
    default:
      return text.slice(0, 10);
  }
}

function period(parameters, now) {
  const today = floor(now, 'day');
  const tomorrow = new Date(today.getTime() + DAY);
  const since = parameters.get('since');
  if (since) {
    return stated(since, parameters.get('until'), tomorrow) ?? ago(29, today, tomorrow, '30d');
  }
  const last = parameters.get('last') ?? '30d';
  const monthStart = floor(now, 'month');
  if (last === 'month') {
    return { from: monthStart, until: tomorrow, last, text: dayText(monthStart).slice(0, 7) };
  }
  if (last === 'last-month') {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
    return { from, until: monthStart, last, text: dayText(from).slice(0, 7) };
  }
  if (last === '12mo') {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 11, 1));
    return { from, until: tomorrow, last, text: `${dayText(from)} to ${dayText(today)}` };
  }
  const days = /^(\d{1,3})d$/.exec(last);
  return ago(days && Number(days[1]) > 0 ? Number(days[1]) - 1 : 29, today, tomorrow, days ? last : '30d');
}

function ago(days, today, tomorrow, last) {
  const from = new Date(today.getTime() - days * DAY);
  return { from, until: tomorrow, last, text: days === 0 ? dayText(today) : `${dayText(from)} to ${dayText(today)}` };
}

function stated(since, until, tomorrow) {
  const hour = /^(\d{4}-\d\d-\d\d)T(\d\d)$/.exec(since);
  if (hour) {
    const from = new Date(`${since}:00:00Z`);
    return valid(from) ? { from, until: new Date(from.getTime() + HOUR), last: null, text: `${hour[1]} ${hour[2]}:00 to ${hour[2]}:59` } : null;
  }
  const from = new Date(`${since}T00:00:00Z`);
  const end = until ? new Date(new Date(`${until}T00:00:00Z`).getTime() + DAY) : tomorrow;
  if (!valid(from) || !valid(end) || from >= end) {
    return null;
  }
  const lastDay = dayText(new Date(end.getTime() - DAY));
  return { from, until: end, last: null, text: since === lastDay ? since : `${since} to ${lastDay}` };
}

function valid(date) {
  return !Number.isNaN(date.getTime());
}

function fitting(range) {
  const length = range.until - range.from;
  if (length <= HOUR) {
    return 'minute';
  }
  if (length <= 2 * DAY) {
    return 'hour';
  }
  if (length <= 93 * DAY) {
    return 'day';
  }
  return length <= 200 * DAY ? 'week' : 'month';
}

/** Minutes of an hour, hours of two weeks, days of a year: more bars than some hundreds can't be told apart in a chart. */
function sensible(bucket, range) {
  const length = range.until - range.from;
  switch (bucket) {
    case 'minute':
      return length <= HOUR;
    case 'hour':
      return length <= 14 * DAY && length > HOUR;
    case 'day':
      return length <= 400 * DAY && length >= DAY;
    case 'week':
      return length >= 7 * DAY;
    default:
      return length >= 28 * DAY;
  }
}
