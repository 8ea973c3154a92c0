/** What the screens of a verdict are given. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import type { Beside, Decision } from '../decision';
import type { Paper } from '../paper';
import type { Verdict } from '../values';

export interface VerdictView {
  verdict: Verdict;
  bundle: Bundle;
  point: string;
  app: App;
  /** The reason offered first for an admission. */
  ground?: string;
  /** They said the code that means: somebody watches me. One dot, that nobody else would read. */
  isWatched?: boolean;
  /** Places that a document shown before bound already. */
  bound?: number[];
  write: (decision: Decision, beside: Beside[], paper: Paper | null) => Promise<void>;
}
