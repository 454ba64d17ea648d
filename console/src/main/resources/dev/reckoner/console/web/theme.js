// Sets the theme before anything is painted: what was chosen here before, else what the system prefers, and on changes.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');

  function apply() {
    root.dataset.theme = root.dataset.choice === 'system' ? (dark.matches ? 'dark' : 'light') : root.dataset.choice;
  }

  let chosen = null;
  try {
    chosen = localStorage.getItem('theme');
  } catch {
    // A browser that keeps nothing still shows the pages.
  }
  root.dataset.choice = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  dark.addEventListener('change', apply);
  root.addEventListener('choice', apply);
  apply();
})();
