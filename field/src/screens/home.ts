/** The screen to start from: setting up, the lock, joining, or the check. What stands behind the lock is loaded behind it, so that the lock is up sooner. */
import type { App } from '../app';
import { bundleOf, vaultOf, wipe } from '../store';
import { showSetup } from './setup';
import { showUnlock } from './unlock';

export async function showHome(app: App): Promise<void> {
  if (!app.isOpen) {
    if (await vaultOf(app.db)) return showUnlock(app);
    await wipe(app.db); // of a last try that was cut off what no key opens is left
    return showSetup(app);
  }
  const bundle = await bundleOf(app.store);
  const isInvited = new URLSearchParams(location.hash.slice(1)).has('join');
  if (bundle?.role === 'bus' && !isInvited) return (await import('./bus')).showBus(app, bundle);
  if (bundle?.role === 'staging-base' && !isInvited) return (await import('./base')).showBase(app, bundle);
  if (bundle && !isInvited) return (await import('./scan')).showScan(app, bundle);
  (await import('./join')).showJoin(app);
}
