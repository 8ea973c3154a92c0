/** The screen to start from: setting up, the lock, joining, or the check. */
import type { App } from '../app';
import { bundleOf, vaultOf } from '../store';
import { showJoin } from './join';
import { showScan } from './scan';
import { showSetup } from './setup';
import { showUnlock } from './unlock';

export async function showHome(app: App): Promise<void> {
  if (!app.isOpen) return (await vaultOf(app.db)) ? showUnlock(app) : showSetup(app);
  const bundle = await bundleOf(app.store);
  const isInvited = new URLSearchParams(location.hash.slice(1)).has('join');
  await (bundle && !isInvited ? showScan(app, bundle) : showJoin(app));
}
