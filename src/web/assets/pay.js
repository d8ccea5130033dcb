// The citizen's page: looks for news while money is awaited, and copies. Without this script the page reloads by itself.
(() => {
  const everyMs = 3000;
  const slowlyMs = 15000;
  const slowlyAfter = 200;
  let looks = 0;

  const panel = () => document.getElementById('pay');

  async function look() {
    const shown = panel();
    if (!shown) return;
    try {
      if (!document.hidden) {
        looks += 1;
        const answer = await fetch(`${shown.dataset.panel}?seen=${encodeURIComponent(shown.dataset.look ?? '')}`);
        if (answer.status === 200) replace(shown, await answer.text());
      }
    } catch {
      // Offline for a while: the next look tells.
    }
    setTimeout(look, looks > slowlyAfter ? slowlyMs : everyMs);
  }

  /** What a reader had opened stays open. */
  function replace(shown, html) {
    const open = [...shown.querySelectorAll('details')].map((one) => one.open);
    const made = document.createElement('template');
    made.innerHTML = html;
    const fresh = made.content.firstElementChild;
    if (!fresh) return;
    [...fresh.querySelectorAll('details')].forEach((one, place) => (one.open = open[place] ?? false));
    if (shown.dataset.waits !== fresh.dataset.waits) {
      fresh.classList.add('turns-green');
      scrollTo({ top: 0 });
    }
    shown.replaceWith(fresh);
    reveal();
  }

  /** Copying needs a script, so its buttons do too. */
  const reveal = () => document.querySelectorAll('[data-copy]').forEach((button) => (button.hidden = false));

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement('textarea'); // without https browsers have no other way
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = before), 1500);
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-copy]');
    if (button) void copy(button);
  });
  document.addEventListener('visibilitychange', () => (looks = 0));
  reveal();
  setTimeout(look, everyMs);
})();
