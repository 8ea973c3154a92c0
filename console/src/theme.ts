// Runs before the first paint: the reader's own choice of light or dark, kept on this machine only.
const kept = (() => {
  try {
    return localStorage.getItem('theme');
  } catch {
    return null; // storage may be forbidden; the system's wish stands
  }
})();
if (kept === 'light' || kept === 'dark') document.documentElement.dataset['theme'] = kept;

export {};
