/** When the phone locks by itself: nobody touches it, or it is out of sight. */
export const IDLE_MS = 5 * 60_000;
export const HIDDEN_MS = 15_000;
const LOOK_EVERY_MS = 5000;

let touched = Date.now();

/** Something was done with the phone: scanned, typed, tapped. */
export function touch(): void {
  touched = Date.now();
}

/** Calls `lock` once, when it is time; gives what ends the watch. */
export function watchLock(lock: () => void): () => void {
  let hiddenSince = 0;
  touch();
  const look = (): void => {
    const isLongHidden = hiddenSince > 0 && Date.now() - hiddenSince >= HIDDEN_MS;
    if (isLongHidden || Date.now() - touched >= IDLE_MS) end(), lock();
  };
  const onSight = (): void => {
    if (document.hidden) hiddenSince ||= Date.now();
    look();
    if (!document.hidden) hiddenSince = 0;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const events = ['pointerdown', 'keydown', 'input'] as const;
  for (const name of events) addEventListener(name, touch, { passive: true });
  document.addEventListener('visibilitychange', onSight);
  const end = (): void => {
    clearInterval(timer);
    for (const name of events) removeEventListener(name, touch);
    document.removeEventListener('visibilitychange', onSight);
  };
  return end;
}
