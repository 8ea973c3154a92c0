/** Where each character of a zone stands: its lines are printed at one pitch, so a lost mark leaves a place of its own. */
import { curveThrough } from './curve';
import { middleAt, type TextLine } from './lines';

/** The place of one character: its middle, the way along its line to the next (in pixels), the line's slope, a capital's height. */
export interface Cell {
  x: number;
  y: number;
  across: number;
  slope: number;
  tall: number;
}

const OFF = 0.3;

/**
 * The cells of each line for a zone of so many columns, if its first column stands `shift` places left of the leftmost mark. Columns stand
 * upright on the lines, so of a turned zone each line begins elsewhere.
 */
export function cellsOf(zone: readonly TextLine[], columns: number, shift: number): Cell[][] | null {
  const combs = zone.map(combOf);
  if (combs.some((one) => one === null)) return null;
  const slope = zone.reduce((sum, line) => sum + line.curve[1], 0) / zone.length;
  const left = Math.min(...zone.map((line) => line.left + slope * middleAt(line, line.left)));
  const talls = zone.map((line) => line.tall).sort((one, two) => one - two);
  const tall = (talls[(talls.length - 1) >> 1]! + talls[talls.length >> 1]!) / 2;
  return zone.map((line, row) => {
    const comb = combs[row]!;
    const first = Math.round(placeAt(comb, left - slope * middleAt(line, line.left))) - shift;
    const slopeAt = (x: number): number => line.curve[1] + 2 * line.curve[2] * (x - line.x0);
    return Array.from({ length: columns }, (_, column) => {
      const place = first + column;
      const x = xAt(comb, place);
      const slope = slopeAt(x);
      return { x, y: middleAt(line, x), across: (comb[1] + 2 * comb[2] * place) * Math.hypot(1, slope), slope, tall };
    });
  });
}

/** How many columns the zone seems to have, by the line that seems longest. */
export function columnsSeen(zone: readonly TextLine[]): number {
  const widths = zone.map((line) => {
    const comb = combOf(line);
    return comb ? placeAt(comb, line.right) - placeAt(comb, line.left) : (line.right - line.left) / line.pitch;
  });
  return Math.round(Math.max(...widths)) + 1;
}

/** x = a + b·place + c·place²: a zone held at a slant grows along its line. */
type Comb = [number, number, number];

const xAt = ([a, b, c]: Comb, place: number): number => a + b * place + c * place * place;

function placeAt(comb: Comb, x: number): number {
  let place = (x - comb[0]) / comb[1];
  for (let round = 0; round < 4; round += 1) place -= (xAt(comb, place) - x) / (comb[1] + 2 * comb[2] * place);
  return place;
}

/** Places counted from mark to mark, then fitted; marks between places are no characters. */
function combOf(line: TextLine): Comb | null {
  let [pitch, place, from] = [line.pitch, 0, line.marks[0]!.x];
  const points: [number, number][] = [[0, from]];
  for (const { x } of line.marks.slice(1)) {
    const steps = (x - from) / pitch;
    const whole = Math.round(steps);
    if (whole < 1 || Math.abs(steps - whole) > OFF) continue;
    place += whole;
    points.push([place, x]);
    pitch += 0.15 * ((x - from) / whole - pitch);
    from = x;
  }
  let comb = curveThrough(points, 3) as Comb;
  const near = points.filter(([at, x]) => Math.abs(xAt(comb, at) - x) < pitch * OFF);
  if (near.length >= 8 && near.length < points.length) comb = curveThrough(near, 3) as Comb;
  return comb[1] > 1 ? comb : null;
}
