// Exact decimals: USD as whole numbers of 10^-18. Money reaches us as text and never becomes a binary fraction, but to
// be drawn.

const DIGITS = 18;
const ONE = 10n ** BigInt(DIGITS);

export const ZERO = 0n;

/** Reads a decimal such as "12.345"; expects at most 18 digits behind the point, which is what the ledger keeps. */
export function decimal(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(String(text));
  if (!match) {
    throw new Error(`found "${text}", expected a decimal`);
  }
  const fraction = match[3] ?? '';
  const shift = DIGITS - fraction.length + Number(match[4] ?? 0);
  const digits = BigInt(match[2] + fraction);
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return match[1] ? -value : value;
}

export function sum(values) {
  let total = ZERO;
  for (const value of values) {
    total += value;
  }
  return total;
}

/** For drawing only. */
export function toNumber(value) {
  return Number(value) / Number(ONE);
}

/** The exact value without trailing zeros. */
export function exact(value) {
  const magnitude = value < 0n ? -value : value;
  const fraction = String(magnitude % ONE).padStart(DIGITS, '0').replace(/0+$/, '');
  return (value < 0n ? '-' : '') + String(magnitude / ONE) + (fraction ? '.' + fraction : '');
}

/** The places in which a table with that total shows its amounts, as the command line does: cents from ten dollars on. */
export function places(total) {
  return (total < 0n ? -total : total) >= 10n * ONE ? 2 : 4;
}

/** An amount such as $1,234.57, rounded half-even once; one that isn't zero is never shown as zero. */
export function usd(value, digits = places(value)) {
  const rounded = round(value < 0n ? -value : value, digits);
  const sign = value < 0n ? '-' : '';
  if (rounded === 0n && value !== 0n) {
    const least = '0.' + '1'.padStart(digits, '0');
    return value < 0n ? `>-$${least}` : `<$${least}`;
  }
  const text = String(rounded).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${rounded === 0n ? '' : sign}$${whole}.${text.slice(text.length - digits)}`;
}

/** A share such as 12.3 %, rounded half-even; "–" where there is nothing to share. */
export function percent(part, whole) {
  if (whole === 0n) {
    return '–';
  }
  const tenths = divideEven(part * 1000n, whole);
  const magnitude = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '-' : ''}${magnitude / 10n}.${magnitude % 10n} %`;
}

/** The value times a fraction of whole numbers, rounded half-even at the last digit kept. */
export function times(value, numerator, denominator) {
  return divideEven(value * BigInt(numerator), BigInt(denominator));
}

function round(value, digits) {
  return divideEven(value, 10n ** BigInt(DIGITS - digits));
}

function divideEven(value, by) {
  if (by < 0n) {
    return divideEven(-value, -by);
  }
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  let quotient = magnitude / by;
  const twice = (magnitude % by) * 2n;
  if (twice > by || (twice === by && quotient % 2n === 1n)) {
    quotient += 1n;
  }
  return negative ? -quotient : quotient;
}
