// The screens' own script: live refresh, countdown, keys, focus, copy, print and chime. Every page works without it, more slowly.
(() => {
  'use strict';

  const pollMs = 15_000;
  const reconnectMs = 3_000;
  /** A page that nobody touches stops asking, so that its session can end. */
  const idleMs = 30 * 60_000;

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);

  // --- Live: after every event and every reconnect the parts of the page ask for their true state.

  let touchedAt = Date.now();
  for (const name of ['keydown', 'pointerdown']) addEventListener(name, () => (touchedAt = Date.now()), { capture: true, passive: true });

  function refresh() {
    for (const part of all('[data-refresh]')) {
      const url = new URL(part.dataset.refresh, location.href);
      if (part.dataset.look) url.searchParams.set('seen', part.dataset.look);
      window.htmx.ajax('GET', url.pathname + url.search, { source: part, target: part, swap: 'outerHTML' }).catch(() => undefined);
    }
  }

  function followFeed(page) {
    let lastId = page.dataset.lastEvent;
    let source;
    let isDown = false;
    const tell = (down) => {
      isDown = down;
      const notice = one('[data-stream]');
      if (notice) notice.hidden = !down;
    };
    const open = () => {
      const url = new URL(page.dataset.feed, location.href);
      url.searchParams.set('lastEventId', lastId);
      source?.close();
      source = new EventSource(url);
      source.onopen = () => {
        if (isDown) refresh();
        tell(false);
      };
      source.onerror = () => {
        tell(true);
        if (source.readyState === EventSource.CLOSED) setTimeout(open, reconnectMs);
      };
      for (const type of page.dataset.events.split(' ')) {
        source.addEventListener(type, (event) => {
          lastId = event.lastEventId || lastId;
          refresh();
        });
      }
    };
    open();
    // A line can be dead without anybody noticing: what waits for money is asked for now and then in any case.
    setInterval(() => {
      const isWatched = 'always' in page.dataset || Date.now() - touchedAt < idleMs;
      if (isWatched && (isDown || one('[data-waits="true"], [data-waits=""], [data-scene="due"]'))) refresh();
    }, pollMs);
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      open();
      refresh();
    });
    addEventListener('online', refresh);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refresh());
    addEventListener('pagehide', () => source?.close());
  }

  // --- Time: countdowns by the server's clock, and a look at the moment when something changes by itself.

  const skews = new WeakMap();
  function skewOf(part) {
    if (!skews.has(part)) skews.set(part, Number(part.dataset.now) - Date.now());
    return skews.get(part);
  }

  function tick() {
    for (const part of all('[data-again]')) {
      const left = Number(part.dataset.again) - (Date.now() + skewOf(part));
      const shown = one('[data-countdown]', part);
      if (shown) shown.textContent = clock(Math.max(0, Math.round(left / 1000)));
      if (left > -300) continue;
      part.removeAttribute('data-again');
      refresh();
    }
  }

  const clock = (seconds) => [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');

  // --- Keys: those that the buttons show. Letters are never taken from a field.

  const isField = (element) => element?.matches?.('input:not([type=checkbox]):not([type=radio]), select, textarea') ?? false;
  const isUsable = (element) => !element.disabled && element.getClientRects().length > 0;

  /** The button of a key: in the column where the officer is, else in the middle, else anywhere. */
  function keyed(key) {
    const columns = [document.activeElement?.closest?.('[data-column]'), one('#panel'), document].filter(Boolean);
    for (const column of columns) {
      const found = all(`[data-key="${key}"]`, column).find(isUsable);
      if (found) return found;
    }
    return undefined;
  }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { key } = event;
    const active = document.activeElement;
    if (!one('.columns')) return onDeskKey(event, active);
    if (key === 'Enter') return onEnter(event, active);
    if (key === 'ArrowDown' || key === 'ArrowUp') return onArrow(event, active);
    if (/^F(2|4|8|9)$/.test(key) || key === 'Escape') return press(event, keyed(key));
    if (isField(active)) return;
    if (key === '/') {
      event.preventDefault();
      one('#dossier')?.select();
    } else if (/^[\p{L}\p{N}]$/u.test(key) && !active?.closest('#form')) one('#dossier')?.focus(); // a scanner types into whatever is there: the code must land in its field
  }

  /** Away from the counter: Esc, F2, F8 and F9 go the way that shows them, the slash to the first field that shows it, arrows from row to row. */
  function onDeskKey(event, active) {
    const { key } = event;
    if (key === 'Escape' && isField(active) && active.value !== active.defaultValue && !active.matches('select')) return active.blur(); // what was typed is not lost by it
    if (key === 'Escape' || /^F(2|8|9)$/.test(key)) return press(event, keyed(key));
    if (isField(active)) return;
    const field = key === '/' ? keyed('/') : undefined;
    const rows = all('[data-row]').filter(isUsable);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[key] ?? 0;
    const row = step === 0 || (key.startsWith('Arrow') && !rows.includes(active)) ? undefined : rows[rows.indexOf(active) + step];
    if (!field && !row) return;
    event.preventDefault();
    (field ?? row).focus();
    field?.select?.();
  }

  function press(event, button) {
    if (!button) return;
    event.preventDefault();
    button.click();
  }

  /** In the two fields that look something up Enter looks it up; in those of fees it goes to the next field, and from the last one it issues. */
  function onEnter(event, active) {
    if (active?.matches('button, a, summary, textarea')) return;
    const form = active?.closest('#form');
    if (!form) return active?.closest('form') ? undefined : press(event, keyed('Enter'));
    if (active.id === 'dossier' && active.value === '') return press(event, one('#panel [data-key="Enter"]'));
    if (active.id === 'dossier' || active.id === 'procedure') return press(event, one('#find', form));
    event.preventDefault();
    if (active.checkValidity && !active.checkValidity()) return void active.reportValidity();
    const asked = all('#fees input:not([type=checkbox]), #fees select, #applicant', form).filter(
      (field) => isUsable(field) && !field.readOnly,
    );
    const next = asked[asked.indexOf(active) + 1];
    if (next && asked.includes(active)) {
      next.focus();
      return void next.select?.();
    }
    const issue = one('#issue', form);
    if (issue && !issue.disabled) press(event, issue);
  }

  function onArrow(event, active) {
    const matches = all('.match');
    const place = matches.indexOf(active);
    if (matches.length === 0 || (active?.id !== 'procedure' && place < 0)) return;
    event.preventDefault();
    const next = place + (event.key === 'ArrowDown' ? 1 : -1);
    (matches[next] ?? (next < 0 ? one('#procedure') : matches[place]))?.focus();
  }

  // --- Forms

  /** A form that writes is sent once, however often the button is pressed. */
  function onSubmit(event) {
    const form = event.target;
    if (!form.matches('[data-once]') || event.submitter?.hasAttribute('formaction')) return;
    if (form.hasAttribute('aria-busy')) return event.preventDefault();
    form.setAttribute('aria-busy', 'true');
  }

  /** Groups digits while only digits are typed. Anything else stays as it is: a number is never made out of what is none. */
  function onInput({ target, data }) {
    if (!target.dataset?.grouped) return;
    if (target.value === '') delete target.dataset.odd;
    if (/\D/.test(data ?? '') || !/^[\d.]*$/.test(target.value)) target.dataset.odd = 'yes';
    if ('odd' in target.dataset || target.selectionEnd !== target.value.length) return;
    target.value = target.value.replaceAll('.', '').replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  }

  function focusFirst(selectors) {
    for (const selector of (selectors ?? '').split(',')) {
      const found = selector && one(selector.trim());
      if (!found || !isUsable(found)) continue;
      found.focus();
      if (found.select && 'select' in found.dataset) found.select();
      return;
    }
  }

  function onSwapped({ target: swapped }) {
    if (swapped.id === 'form') focusFirst(swapped.dataset.focus);
    if (swapped.id === 'panel') {
      const focused = one('[data-focused]', swapped);
      if (focused) focused.focus();
      else if (document.activeElement === document.body) one('#panel-state')?.focus({ preventScroll: true });
    }
    if (swapped.id === 'preview') markWrong(swapped.dataset.wrong);
    if (swapped.dataset?.scene === 'paid') chime();
  }

  function markWrong(name) {
    for (const field of all('#form [aria-invalid]')) if (field.name !== name) field.removeAttribute('aria-invalid');
    if (name) one(`#form [name="${CSS.escape(name)}"]`)?.setAttribute('aria-invalid', 'true');
  }

  // --- Copy, print, chime

  async function copy(button) {
    const source = one(button.dataset.copy);
    const label = button.textContent;
    getSelection().selectAllChildren(source);
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch {
      document.execCommand('copy'); // without https browsers have no other way
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 1500);
  }

  let sound;
  function toggleChime(button) {
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isOn));
    button.textContent = isOn ? button.dataset.on : button.dataset.off;
    sound = isOn ? (sound ?? new AudioContext()) : (sound?.close(), undefined);
    if (isOn) chime();
  }

  /** Two soft notes. */
  function chime() {
    if (!sound) return;
    for (const [place, pitch] of [659, 880].entries()) {
      const note = sound.createOscillator();
      const volume = sound.createGain();
      const start = sound.currentTime + place * 0.16;
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0.15, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
      note.connect(volume).connect(sound.destination);
      note.start(start);
      note.stop(start + 0.5);
    }
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-copy], [data-chime]');
    if (button?.dataset.copy) void copy(button);
    else if (button) toggleChime(button);
  });
  document.addEventListener('keydown', onKey);
  document.addEventListener('submit', onSubmit);
  document.addEventListener('input', onInput);
  document.addEventListener('htmx:afterSwap', onSwapped);
  addEventListener('pageshow', () => all('[data-once][aria-busy]').forEach((form) => form.removeAttribute('aria-busy')));

  const page = one('[data-feed]');
  if (page) followFeed(page);
  setInterval(tick, 1000);
  if (page?.dataset.shows === 'obligation') focusFirst('[data-focused], #panel-state');
  else if (one('#form') && !one('#form [autofocus]')) focusFirst(one('#form').dataset.focus);
  else if (!one('[autofocus]') && !location.hash) focusFirst('[data-first]');
  // Only then has the browser gone to the place that the address names, and taken the focus with it.
  else if (location.hash === '#explain')
    addEventListener('load', () => one('#explain form :is(select, input:not([type=hidden]))')?.focus());
  if (one('[data-print]')) addEventListener('load', () => print());
})();
