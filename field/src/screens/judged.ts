/** What was judged, on the screen: the verdict with what was known before it, and what is written when the officer decides. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { actsOf, type Beside, type Decision } from '../decision';
import { type Paper, tagsOf } from '../paper';
import type { Use, Verdict } from '../values';
import { showVerdict } from './verdict';

const VIBRATION: Record<Verdict['level'], number[]> = { valid: [80], 'look-closer': [80, 80, 80], 'not-valid': [400] };

interface Shown {
  ground?: string;
  isWatched?: boolean;
  watchedFor?: string | undefined;
  bound?: number[];
  paper?: Paper;
}

/** The verdict on the screen, with what was known before it: a code learnt by heart, a document. */
export function showJudged(app: App, bundle: Bundle, point: string, verdict: Verdict, shown: Shown): void {
  navigator.vibrate?.(VIBRATION[verdict.level]);
  const write = async (decision: Decision, beside: Beside[], later: Paper | null): Promise<void> => {
    const paper = later ?? shown.paper ?? null;
    const { acts, use } = actsOf(verdict, decision, bundle, point, beside);
    const pass = bundle.passes.find((one) => one.id === shown.watchedFor);
    if (pass) acts.push({ kind: 'watched-signalled', body: { point, party: pass.party } });
    const isIn = decision.action === 'admit' && paper !== null;
    await app.write(acts, isIn ? await useWith(paper, use, bundle, point) : use);
  };
  app.show(showVerdict({ ...shown, verdict, bundle, point, app, write }));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

/** An admission in which a document was shown: its tag is remembered, so that no other pass opens for it again. */
async function useWith(paper: Paper, use: Use | null, bundle: Bundle, point: string): Promise<Use> {
  return { ...(use ?? { pass: '', members: [], point }), tags: await tagsOf(paper, bundle.point_day_keys) };
}
