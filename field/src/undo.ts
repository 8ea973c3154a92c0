/** Undoing: an annulment for each event of the act, and the use that it meant is forgotten. */
import { noteUndone } from './relay/kept';
import { forgetUse, type Recent, recentOf, record, type Store } from './store';

/** How long an act can be undone on the phone; later the desk corrects it. */
export const UNDO_MS = 10 * 60_000;

/** The events of the latest act that can still be undone; empty if there is none. */
export async function lastAct(store: Store, now: number): Promise<Recent[]> {
  const recent = await recentOf(store);
  const undone = new Set(recent.filter((one) => one.kind === 'annulled').map((one) => one.act));
  const open = recent.filter((one) => now - one.at < UNDO_MS && one.kind !== 'annulled' && !undone.has(one.act));
  return open.filter((one) => one.act === open[0]!.act);
}

/** Annuls the latest act; false if there was nothing to undo any more. */
export async function undoLast(store: Store, now: number): Promise<boolean> {
  const events = await lastAct(store, now);
  if (events.length === 0) return false;
  const acts = events.map(({ event }) => ({ kind: 'annulled', body: { event, reason: 'mistake' } }));
  await record(store, acts, null, now, events[0]!.act);
  await noteUndone(store, events[0]!.act);
  await forgetUse(store, events[0]!.act);
  return true;
}
