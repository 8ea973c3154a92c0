/** Codes that are said or typed: the one beside the QR, and those learnt by heart. Known passes only, from the bundle. */
import { type Bundle, type BundlePass, knownCodes } from './bundle';
import { readRecognitionCode, readShortCode, recognise } from './codes';
import { refer } from './keys';
import type { Content, Verdict, VerifierState } from './values';
import { judgeContent, verdict } from './verify';

export interface Typed {
  verdict: Verdict;
  /** Said from memory, not read from a pass. */
  isByHeart: boolean;
  /** The code that says: somebody watches me. */
  isWatched: boolean;
}

/** The verdict on a typed code; null if the text is none, and so may be the text of a pass. */
export async function verifyTyped(
  text: string, bundle: Bundle, state: VerifierState, now: number, point: string,
): Promise<Typed | null> {
  const id = readShortCode(text);
  if (id) return { verdict: await judgeKnown(id, bundle, state, now, point), isByHeart: false, isWatched: false };
  if (!readRecognitionCode(text)) return null;
  const found = await recognise(text, state.pointDayKeys, knownCodes(bundle));
  return {
    verdict: await judgeKnown(found?.pass ?? '', bundle, state, now, point),
    isByHeart: true,
    isWatched: found?.isWatched ?? false,
  };
}

/** The verdict on a pass that the bundle knows by its id. */
export async function judgeKnown(id: string, bundle: Bundle, state: VerifierState, now: number, point: string): Promise<Verdict> {
  if (!state.points.includes(point)) return verdict(['device-not-allowed']);
  const pass = bundle.passes.find((one) => one.id === id);
  if (pass) return judgeContent(await contentOf(pass, bundle), '', state, now, point);
  return verdict([state.revocations?.passes.includes(id) ? 'revoked' : 'unknown-key']);
}

/** What the bundle knows of a pass: whom, when and where, not sex and age, which stand under the seal alone. */
async function contentOf(pass: BundlePass, bundle: Bundle): Promise<Content> {
  return {
    operation: await refer('operation', bundle.operation),
    id: pass.id,
    policy: await refer('policy', pass.policy),
    issuedAt: 0,
    windowStart: pass.begins,
    windowEnd: pass.ends,
    point: await refer('point', pass.point),
    route: '',
    members: pass.persons.map((_, place) => ({ sex: 'u', ageBand: 'unknown', tags: pass.tags?.[place] ?? [] })),
  };
}
