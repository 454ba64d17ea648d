// Tells a page that the books have moved. The server says so at most once a second; a page that isn't looked at hears
// nothing until it is.

let source = null;
let listener = null;
let indicator = () => {};
let missed = false;

/** Starts to listen; the indicator is told "live", "waiting" or "off". */
export function start(show) {
  indicator = show;
  source = new EventSource('/reckoner/v1/live');
  source.addEventListener('open', () => indicator('live'));
  source.addEventListener('error', () => indicator(source.readyState === EventSource.CLOSED ? 'off' : 'waiting'));
  source.addEventListener('books', (event) => heard(JSON.parse(event.data)));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && missed) {
      heard({});
    }
  });
}

/** The one that is told from now on; null for nobody. */
export function listen(to) {
  listener = to;
  missed = false;
}

function heard(state) {
  missed = document.hidden;
  if (!document.hidden) {
    listener?.(state);
  }
}
