/** Where the characters stand, of zones that were drawn by arithmetic. */
import { expect, test } from 'vitest';
import { cellsOf, columnsSeen } from './cells';
import { zonesOf } from './lines';
import type { Mark } from './marks';

const PITCH = 20;

/** Three lines of 30 marks, turned by so many degrees about their corner; `left` leaves marks out at the left of a line. */
function turnedMarks(degrees: number, left: readonly number[] = [0, 0, 0]): Mark[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const marks = left.flatMap((lost, row) => Array.from({ length: 30 - lost }, (_, at): Mark => {
    const [u, v] = [(at + lost) * PITCH, row * PITCH * 2.5];
    return { x: 400 + u * cos - v * sin, y: 300 + u * sin + v * cos, width: 14, height: 20 };
  }));
  return marks.toSorted((one, two) => one.x - two.x);
}

test.each([-12, -5, 0, 5, 12])('each line of a zone turned by %i degrees begins at its own first character', (degrees) => {
  const marks = turnedMarks(degrees);
  const zone = zonesOf(marks)[0]!;
  expect(columnsSeen(zone)).toBe(30);
  for (const [row, cells] of cellsOf(zone, 30, 0)!.entries()) {
    const at = { x: 400 - Math.sin((degrees * Math.PI) / 180) * row * PITCH * 2.5, y: 300 + Math.cos((degrees * Math.PI) / 180) * row * PITCH * 2.5 };
    expect(Math.hypot(cells[0]!.x - at.x, cells[0]!.y - at.y)).toBeLessThan(PITCH * 0.1);
  }
});

test('a line whose first marks were lost begins under the others all the same', () => {
  const zone = zonesOf(turnedMarks(8, [0, 2, 1]))[0]!;
  const [first, second] = cellsOf(zone, 30, 0)!;
  const along = Math.hypot(second![0]!.x - first![0]!.x, second![0]!.y - first![0]!.y);
  expect(along).toBeCloseTo(PITCH * 2.5, 0);
});
