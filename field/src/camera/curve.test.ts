import { expect, test } from 'vitest';
import { curveThrough } from './curve';

test('through points of a curve it is that curve', () => {
  const points = [-300, -20, 0, 45, 410].map((x): [number, number] => [x, 7 - 0.25 * x + 0.002 * x * x]);
  const [a, b, c] = curveThrough(points, 3);
  expect(a).toBeCloseTo(7, 6);
  expect(b).toBeCloseTo(-0.25, 8);
  expect(c).toBeCloseTo(0.002, 10);
});

test('of scattered points a line is the nearest one', () => {
  expect(curveThrough([[0, 1], [1, 3], [2, 1], [3, 3]], 2).map((one) => Math.round(one * 100) / 100)).toEqual([1.4, 0.4]);
});
