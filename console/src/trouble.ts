// What went wrong with a press that swaps part of a page is told on that page: silence would look like a dead button.
function tell(lines: readonly string[]): void {
  const main = document.querySelector('#main');
  if (!main) return;
  for (const old of main.querySelectorAll('[data-trouble]')) old.remove();
  const box = document.createElement('div');
  box.className = 'message error';
  box.dataset['trouble'] = '';
  box.setAttribute('role', 'alert');
  for (const line of lines) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    box.append(paragraph);
  }
  main.prepend(box);
  box.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('htmx:responseError', (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  const page = new DOMParser().parseFromString(xhr.responseText, 'text/html');
  const told = [...page.querySelectorAll('main .card p, main h1')].map((one) => one.textContent?.trim() ?? '');
  tell(told.filter(Boolean).slice(0, 4));
});
document.addEventListener('htmx:beforeRequest', () => {
  for (const old of document.querySelectorAll('[data-trouble]')) old.remove();
});
