/** What a duress code opens: an app at the start of a shift, with nothing in it, under a key of its own. */
import type { Bundle } from './bundle';
import { begin, type Database, keepBundle, keepVault, type Store, unlocked, wipe } from './store';
import type { Made } from './vault/vault';

const HOUR_MS = 3_600_000;

/** Destroys what is kept, then makes the empty app that this code opens from now on. */
export async function openDecoy(db: Database, anew: () => Promise<Made>): Promise<Store> {
  await wipe(db);
  const { vault, key } = await anew();
  await keepVault(db, vault);
  const store = unlocked(db, key);
  await begin(store, {
    device: '', token: '', operation: 'field', siteKey: '', outboxKey: '', isDecoy: true,
    secret: crypto.getRandomValues(new Uint8Array(32)),
  });
  await keepBundle(store, emptyBundle());
  return store;
}

function emptyBundle(): Bundle {
  return {
    operation: 'field', name: 'Field', device: '', role: 'access-point', points: ['gate-1'],
    made_at: new Date(Date.now() - HOUR_MS).toISOString(), issuing_keys: [], point_day_keys: [], revocations: '',
    passes: [], policies: [], places: { 'gate-1': 'Gate 1' },
  };
}
