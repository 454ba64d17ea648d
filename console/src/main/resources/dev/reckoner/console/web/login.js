// Changes a token for a cookie. The token comes from the form, or once from the link that the server printed (#token).

const form = document.getElementById('login');
const field = document.getElementById('token');
const problem = document.getElementById('problem');

async function logIn(token) {
  const response = await fetch('/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (response.ok) {
    location.replace(location.pathname === '/login' ? '/' : location.pathname + location.search);
    return;
  }
  problem.textContent =
    response.status === 401 ? 'That is not a token of this console.' : (await said(response));
  field.select();
}

async function said(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return 'The server answered ' + response.status + '.';
  }
}

function fail() {
  problem.textContent = 'The server can\'t be reached.';
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  problem.textContent = '';
  logIn(field.value.trim()).catch(fail);
});

const code = location.hash.slice(1);
if (code) {
  history.replaceState(null, '', location.pathname + location.search);
  logIn(code).catch(fail);
}
