// While a drawer is counted: the sum of the notes, or the sum that was typed, and how it differs from what should lie there.
(() => {
  'use strict';

  const shown = document.querySelector('[data-count]');
  const form = shown?.closest('form');
  if (!form) return;
  const [, sum, words] = shown.children;
  const { expected, over, short, agrees } = shown.dataset;
  const inDong = (amount) => `${String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.')}\u00a0₫`;
  const isWhole = (text) => /^\d{1,12}$/.test(text);

  /** Undefined while nothing, or no number, is typed. */
  function counted() {
    const pieces = [...form.querySelectorAll('[data-face]')].filter(({ value }) => value.trim() !== '');
    const typed = form.elements.counted.value.replaceAll('.', '').trim();
    if (pieces.length === 0) return isWhole(typed) ? Number(typed) : undefined;
    if (!pieces.every(({ value }) => isWhole(value.trim()))) return undefined;
    return pieces.reduce((total, { value, dataset }) => total + Number(value) * Number(dataset.face), 0);
  }

  form.addEventListener('input', () => {
    const amount = counted();
    shown.hidden = amount === undefined;
    if (amount === undefined) return;
    const difference = amount - Number(expected);
    sum.textContent = inDong(amount);
    words.textContent = difference === 0 ? agrees : `${difference > 0 ? over : short} ${inDong(Math.abs(difference))}`;
  });
})();
