// Keys of single pages: a button or link with data-key="s" is pressed by that key, unless somebody is writing.
const WRITING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as Element).closest(WRITING)) return;
  const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
