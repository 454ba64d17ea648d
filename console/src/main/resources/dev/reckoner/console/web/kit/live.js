// Tells a page that the books have moved. The server says so at most once a second; a page that isn't looked at hears
// nothing until it is.

let source = null;
let listener = null;
let indicator = () => {};
let last = null;

/** Starts to listen; the indicator is told "live", "waiting" or "off". */
export function start(show) {
  indicator = show;
  document.addEventListener('visibilitychange', follow);
  follow();
}

/** The one that is told from now on; null for nobody. */
export function listen(to) {
  listener = to;
}

/** A browser has six connections to a host for all its tabs together: one that isn't looked at holds none. */
function follow() {
  source?.close();
  source = null;
  if (document.hidden) {
    return;
  }
  source = new EventSource('/reckoner/v1/live');
  source.addEventListener('open', () => indicator('live'));
  source.addEventListener('error', (event) =>
    indicator(event.target.readyState === EventSource.CLOSED ? 'off' : 'waiting'));
  source.addEventListener('books', (event) => heard(JSON.parse(event.data)));
}

/** Who comes back is told at once where the books are; nothing has to be drawn again where they were there before. */
function heard(state) {
  const moved = state.entry !== last?.entry || state.inFlight !== last?.inFlight;
  last = state;
  if (moved) {
    listener?.(state);
  }
}
