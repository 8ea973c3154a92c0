// Entry of the field app.
const app = document.querySelector<HTMLElement>('#app');
if (app) app.textContent = 'Safe Passage field';
