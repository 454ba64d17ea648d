// Words for people: counts, times and names. All instants are shown in UTC, as everywhere else in the product.

const COMPACT = [[1e9, 'B'], [1e6, 'M'], [1e3, 'K']];

/** A count such as 1,234,567. */
export function count(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A short form for axes and tiles, such as 1.2M. */
export function compact(value) {
  for (const [size, unit] of COMPACT) {
    if (Math.abs(value) >= size) {
      const scaled = value / size;
      return `${scaled >= 100 ? Math.round(scaled) : Number(scaled.toFixed(1))}${unit}`;
    }
  }
  return String(Number(value.toFixed(value === Math.round(value) ? 0 : 2)));
}

/** Dollars for an axis. */
export function axisUsd(value) {
  if (value === 0) {
    return '$0';
  }
  return Math.abs(value) >= 1000 ? '$' + compact(value) : '$' + Number(value.toPrecision(3));
}

/** 2026-11-22 01:54:02 */
export function instant(text) {
  return String(text).slice(0, 19).replace('T', ' ');
}

export function day(text) {
  return String(text).slice(0, 10);
}

/** A duration such as PT1M2.5S as 1m 2.5s. */
export function duration(text) {
  return seconds(secondsOf(text));
}

export function secondsOf(text) {
  const match = /^P(?:(\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?)?$/.exec(String(text));
  if (!match) {
    return 0;
  }
  return Number(match[1] ?? 0) * 86400 + Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
}

export function seconds(total) {
  if (total < 60) {
    return `${total < 10 ? Number(total.toFixed(2)) : Number(total.toFixed(1))}s`;
  }
  const whole = Math.round(total);
  const parts = [
    [Math.floor(whole / 86400), 'd'], [Math.floor(whole / 3600) % 24, 'h'], [Math.floor(whole / 60) % 60, 'm'], [whole % 60, 's'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  return parts.slice(first, first + 2).map(([value, unit]) => value + unit).join(' ');
}

/** OK_UPSTREAM_COMPLETE as ok upstream complete. */
export function words(name) {
  return String(name).toLowerCase().replaceAll('_', ' ');
}

export function milliseconds(from, until) {
  return Math.max(0, Date.parse(until) - Date.parse(from));
}

export function plural(number, one, many = one + 's') {
  return `${count(number)} ${number === 1 ? one : many}`;
}
