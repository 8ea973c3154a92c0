/** Who is inside by a document or another pass: the pass itself was never used, and is told so. */
import type { Bundle } from './bundle';
import type { Use, Verdict } from './values';
import { verdict as judged } from './verify';

/** The same verdict, but "already admitted" where the bundle knows that nobody was admitted by this very pass. */
export function namingOtherwise(verdict: Verdict, bundle: Bundle, uses: readonly Use[]): Verdict {
  const pass = bundle.passes.find((one) => one.id === verdict.content?.id);
  const isByItself = !pass || pass.is_used || uses.some((use) => use.pass === pass.id);
  if (isByItself || !verdict.codes.includes('used-elsewhere')) return verdict;
  const codes = verdict.codes.map((code) => (code === 'used-elsewhere' ? ('already-admitted' as const) : code));
  return judged(codes, verdict.content, verdict.remaining, verdict.policyVersion);
}
