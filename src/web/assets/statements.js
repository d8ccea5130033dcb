// Statement files: dropped anywhere on the page they are sent at once, one after another. Without scripts the form sends one.
(() => {
  'use strict';

  const one = (selector, root = document) => root.querySelector(selector);
  const form = one('.send-statement');
  if (!form) return;
  const input = one('[type=file]', form);
  input.multiple = true;

  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const mark = (isOver) => one('.drop', form).classList.toggle('over', isOver);

  function onDrag(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  }

  function onDrop(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    if (form.hasAttribute('aria-busy')) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  }

  /** One file is followed to its page; of several the list is shown, with why any was not taken. */
  async function onSubmit(event) {
    event.preventDefault();
    if (form.hasAttribute('aria-busy')) return;
    form.setAttribute('aria-busy', 'true');
    const files = [...input.files];
    const refused = [];
    let left;
    for (const file of files) {
      one('.sending', form).textContent = form.dataset.sending.replace('{name}', () => file.name);
      const answer = await sent(file);
      const place = answer?.ok ? new URL(answer.url).pathname : undefined;
      if (place === undefined) refused.push([file.name, await whyNot(answer)]);
      else if (files.length === 1 || !place.startsWith('/statements/')) left = answer.url;
      if (place !== undefined && !place.startsWith('/statements/')) break; // signed out meanwhile
    }
    one('.sending', form).textContent = '';
    form.removeAttribute('aria-busy');
    const account = form.account.value;
    form.reset(); // an emptied field alone would be shown as wrong
    form.account.value = account;
    if (left) return location.assign(left);
    tell(refused);
    await showList();
  }

  function sent(file) {
    const body = new FormData(form);
    body.set('file', file);
    return fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } }).catch(() => undefined);
  }

  const pageIn = async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');

  async function whyNot(answer) {
    const page = answer && (await pageIn(answer).catch(() => undefined));
    return (page && one('.refusal-what', page)?.textContent.trim()) || form.dataset.broken;
  }

  function tell(refused) {
    const notices = refused.map(([name, why]) => {
      const notice = document.createElement('p');
      notice.className = 'refusal refusal-what';
      notice.textContent = `${name}: ${why}`;
      return notice;
    });
    one('#notice').replaceChildren(...notices);
  }

  async function showList() {
    const answer = await fetch('/statements').catch(() => undefined);
    const fresh = answer?.ok && one('[data-list]', await pageIn(answer));
    if (fresh) (one('[data-list]') ?? one('.empty')).replaceWith(fresh);
  }

  for (const name of ['dragenter', 'dragover']) document.addEventListener(name, onDrag);
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? mark(false));
  document.addEventListener('drop', onDrop);
  form.addEventListener('submit', onSubmit);
})();
