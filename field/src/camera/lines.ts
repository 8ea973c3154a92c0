/** Finds the zone: two or three long parallel lines of evenly spaced characters, wherever they stand and however turned. */
import { curveThrough } from './curve';
import type { Mark } from './marks';

/** A line of characters: its middle runs along y = a + b·u + c·u², u = x − x0. */
export interface TextLine {
  marks: Mark[];
  x0: number;
  curve: [number, number, number];
  left: number;
  right: number;
  /** The distance from one character to the next along x, and the height of a character. */
  pitch: number;
  tall: number;
}

const FEWEST = 14;
const STEEPEST = 0.45;

/** The zones that may be there, likeliest first: each two or three lines from top to bottom. */
export function zonesOf(marks: Mark[]): TextLine[][] {
  const lines = joined(chainsOf(marks).map(lineOf)).filter((line) => line.marks.length >= FEWEST && isEven(line));
  return grouped(lines).sort((one, two) => weight(two) - weight(one));
}

export const middleAt = ({ x0, curve: [a, b, c] }: TextLine, x: number): number => a + b * (x - x0) + c * (x - x0) ** 2;

const median = (values: number[]): number => [...values].sort((one, two) => one - two)[values.length >> 1] ?? 0;
const weight = (lines: TextLine[]): number => lines.reduce((sum, line) => sum + line.marks.length, 0);

/** From each mark on to the nearest like it on its right, as long as the direction holds. */
function chainsOf(marks: Mark[]): Mark[][] {
  const used = new Set<Mark>();
  const chains: Mark[][] = [];
  for (const [place, first] of marks.entries()) {
    if (used.has(first)) continue;
    const chain = [first];
    let from = place;
    for (;;) {
      const next = nextOf(marks, from, chain, used);
      if (next < 0) break;
      chain.push(marks[next]!);
      from = next;
    }
    if (chain.length < 5) continue;
    for (const one of chain) used.add(one);
    chains.push(chain);
  }
  return chains;
}

function nextOf(marks: Mark[], from: number, chain: Mark[], used: Set<Mark>): number {
  const recent = chain.slice(-9);
  const last = chain.at(-1)!;
  const tall = Math.max(...recent.map((one) => one.height));
  const slope = recent.length > 4 ? (last.y - recent[0]!.y) / (last.x - recent[0]!.x) : null;
  let [best, cost] = [-1, Infinity];
  for (let place = from + 1; place < marks.length; place += 1) {
    const one = marks[place]!;
    const dx = one.x - last.x;
    if (dx > tall * 2.6) break;
    if (dx < tall * 0.3 || used.has(one) || one.height > tall * 1.7 || one.height < tall * 0.42) continue;
    const off = slope === null ? Math.max(0, Math.abs(one.y - last.y) - dx * STEEPEST * 0.6) : Math.abs(one.y - last.y - slope * dx);
    if (off > tall * (slope === null ? 0.25 : 0.4)) continue;
    const price = dx + off * 2 + (slope === null ? Math.abs(one.y - last.y) : 0);
    if (price < cost) [best, cost] = [place, price];
  }
  return best;
}

function lineOf(marks: Mark[]): TextLine {
  const x0 = (marks[0]!.x + marks.at(-1)!.x) / 2;
  let kept = marks;
  let curve = fitted(kept, x0);
  const tall = median(marks.map((one) => one.height).sort((one, two) => two - one).slice(0, Math.ceil(marks.length * 0.6)));
  for (let round = 0; round < 2; round += 1) {
    const near = marks.filter((one) => Math.abs(one.y - (curve[0] + curve[1] * (one.x - x0) + curve[2] * (one.x - x0) ** 2)) < tall * 0.35);
    if (near.length < 5 || near.length === kept.length) break;
    kept = near;
    curve = fitted(kept, x0);
  }
  const steps = kept.slice(1).map((one, place) => one.x - kept[place]!.x);
  return { marks: kept, x0, curve, left: kept[0]!.x, right: kept.at(-1)!.x, pitch: median(steps), tall };
}

/** A short line is straight. */
function fitted(marks: Mark[], x0: number): [number, number, number] {
  const [a, b, c] = curveThrough(marks.map(({ x, y }): [number, number] => [x - x0, y]), marks.length >= 16 ? 3 : 2);
  return [a!, b!, c ?? 0];
}

/** Pieces of one line, broken where characters were lost, put together. */
function joined(lines: TextLine[]): TextLine[] {
  const waiting = [...lines].sort((one, two) => one.left - two.left);
  const done: TextLine[] = [];
  while (waiting.length) {
    let line = waiting.shift()!;
    for (let place = 0; place < waiting.length; place += 1) {
      const other = waiting[place]!;
      const gap = other.left - line.right;
      if (gap < 0 || gap > line.tall * 8 || other.tall > line.tall * 1.5 || other.tall < line.tall * 0.6) continue;
      const between = (other.left + line.right) / 2;
      if (Math.abs(middleAt(line, between) - middleAt(other, between)) > line.tall * 0.5) continue;
      line = lineOf([...line.marks, ...other.marks]);
      waiting.splice(place, 1);
      place = -1;
    }
    done.push(line);
  }
  return done;
}

function isEven(line: TextLine): boolean {
  if (line.pitch < line.tall * 0.45 || line.pitch > line.tall * 1.8 || Math.abs(line.curve[1]) > STEEPEST) return false;
  const steps = line.marks.slice(1).map((one, place) => (one.x - line.marks[place]!.x) / line.pitch);
  return steps.filter((step) => Math.abs(step - Math.round(step)) < 0.27 && step > 0.6).length >= steps.length * 0.7;
}

function grouped(lines: TextLine[]): TextLine[][] {
  const groups: TextLine[][] = [];
  const sorted = [...lines].sort((one, two) => middleAt(one, one.x0) - middleAt(two, two.x0));
  for (const first of sorted) {
    const seconds = sorted.filter((other) => isBelow(first, other));
    for (const second of seconds) {
      groups.push([first, second]);
      for (const third of sorted.filter((other) => isBelow(second, other))) groups.push([first, second, third]);
    }
  }
  return groups;
}

function isBelow(upper: TextLine, lower: TextLine): boolean {
  if (upper === lower) return false;
  const [left, right] = [Math.max(upper.left, lower.left), Math.min(upper.right, lower.right)];
  const shorter = Math.min(upper.right - upper.left, lower.right - lower.left);
  if (right - left < shorter * 0.75) return false;
  const middle = (left + right) / 2;
  const apart = middleAt(lower, middle) - middleAt(upper, middle);
  const tall = Math.max(upper.tall, lower.tall);
  return apart > tall * 1.15 && apart < tall * 3.8 && Math.abs(upper.pitch / lower.pitch - 1) < 0.2;
}
