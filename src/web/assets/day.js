// The letters with which differences are worked: a attaches, r refunds, n notes. Moving and opening is the way of every list.
(() => {
  'use strict';

  const acts = { a: ['attach', 'decide_line', 'explain'], r: ['refund', 'drive_refund'] };

  const isField = (element) => element?.matches?.('input, select, textarea') ?? false;

  /** The ways of the row where one is; on the page of one difference those of its head. */
  const waysAt = (active) =>
    (active?.closest?.('[data-difference]') ?? document.querySelector('.head[data-difference]'))?.querySelectorAll('[data-way]') ?? [];

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isField(document.activeElement)) return;
    const active = document.activeElement;
    if (event.key === 'n') return note(event, active);
    const wanted = acts[event.key];
    const way = wanted && [...waysAt(active)].find((one) => wanted.includes(one.dataset.way));
    if (!way) return;
    event.preventDefault();
    way.click();
  }

  /** From the list to the note of the difference; there into its field. */
  function note(event, active) {
    const field = document.querySelector('[data-remark="note"]');
    const row = active?.closest?.('[data-difference]')?.querySelector('[data-row]');
    if (!field && !row) return;
    event.preventDefault();
    if (field) return field.focus();
    location.href = `${row.href}#note`;
  }

  addEventListener('keydown', onKey);
  if (location.hash === '#note') document.querySelector('[data-remark="note"]')?.focus();
})();
