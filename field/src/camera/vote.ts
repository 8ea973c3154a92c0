/**
 * Frames vote. A zone is *read* when every check digit holds and two frames say the same of it: its name line and its other
 * lines each, for a name has no check digit of its own. Each line is vouched for by the reader of whole lines, or two frames are sure
 * of every single character of it: what a reader takes for another sign it may take for it in every frame, and one in ten passes a check
 * digit. Anything less is a *proposal*, for the officer to compare.
 */
import { isSound, parsed, type Reading } from './fit';

export interface Outcome {
  state: 'read' | 'proposed';
  lines: string[];
}

/** Of a frame: of which single characters make no zone, and of the lines that they doubt. */
export interface Wanted {
  zone: boolean;
  doubts: boolean;
}

const AGREEING = 2;
/** How many times more often than its nearest rival a line must have been seen. */
const LEAD = 2;

export class Ballot {
  readonly #readings: Reading[] = [];
  #last: Reading | null = null;
  #isFirst = true;

  /** Looks at one picture err alike more often than frames do: let three of them agree on a name. */
  constructor(private readonly named = AGREEING) {}

  /** One vote a frame; null: it gave none. */
  add(reading: Reading | null): void {
    if (reading) this.#readings.push(reading);
    this.#last = reading;
    this.#isFirst = false;
  }

  /** What the reader of whole lines, which takes its time, is wanted for: a frame of which single characters make nothing waits for the next, once. */
  get wanted(): Wanted {
    const isMissed = !this.#isFirst && !(this.#last?.isValid && this.#last.by === 'glyphs');
    return { zone: isMissed, doubts: this.#readings.some((one) => one.isValid && one.trust.includes('doubted')) };
  }

  /** What the frames agree on; null if no frame gave anything of the form of a zone. */
  outcome(now: Date): Outcome | null {
    for (const [shape, readings] of this.#shapes()) {
      const rows = Number(shape[0]);
      const [named, checked] = [tally(readings, nameOf(rows)), tally(readings.filter((one) => one.isValid), checkedOf(rows))];
      const [name, body] = [leading(named, this.named), leading(checked, AGREEING)];
      if (name === null || body === null) continue;
      if (!isVouchedFor(readings, name, nameOf(rows)) || !isVouchedFor(readings, body, checkedOf(rows))) continue;
      const lines = rows === 3 ? [...body.split('\n'), name] : [name, body];
      const mrz = parsed(lines, now);
      if (mrz && isSound(mrz)) return { state: 'read', lines };
    }
    const best = this.#readings.findLast((one) => one.isValid) ?? this.#readings.at(-1);
    return best ? { state: 'proposed', lines: best.lines } : null;
  }

  /** Readings of one format belong together; the format most often seen comes first. */
  #shapes(): [string, Reading[]][] {
    const shapes = groupedBy(this.#readings, (one) => `${one.lines.length}×${one.lines[0]!.length}`);
    return [...shapes].toSorted((one, two) => two[1].length - one[1].length);
  }
}

function isVouchedFor(readings: readonly Reading[], text: string, part: Part): boolean {
  const trusts = readings.filter((one) => one.isValid && part(one.lines).join('\n') === text).map((one) => part(one.trust));
  return trusts[0]!.every((_, row) => trusts.some((one) => one[row] === 'vouched') || trusts.filter((one) => one[row] === 'sure').length >= AGREEING);
}

type Part = <T>(lines: readonly T[]) => T[];
const nameOf = (rows: number): Part => (lines) => (rows === 3 ? lines.slice(2) : lines.slice(0, 1));
const checkedOf = (rows: number): Part => (lines) => (rows === 3 ? lines.slice(0, 2) : lines.slice(1));

function tally(readings: Reading[], part: Part): [string, number][] {
  const counts = groupedBy(readings, (one) => part(one.lines).join('\n'));
  return [...counts].map(([text, seen]): [string, number] => [text, seen.length]).toSorted((one, two) => two[1] - one[1]);
}

function leading([first, second]: [string, number][], agreeing: number): string | null {
  return first && first[1] >= agreeing && first[1] >= LEAD * (second?.[1] ?? 0) ? first[0] : null;
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
