/** Dark marks on a lighter ground that may be printed characters: each with its box. */
import { type Grey, meansOf } from './grey';

export interface Mark {
  x: number;
  y: number;
  width: number;
  height: number;
}

const SMALLEST = 5;
const TALLEST = 90;

/** Marks darker than `share` of the mean around them, of a character's size and shape, from left to right. */
export function marksOf(picture: Grey, share: number): Mark[] {
  const { width, height, data } = picture;
  const means = meansOf(picture, Math.max(8, Math.round(Math.max(width, height) / 90)));
  const labels = new Int32Array(width * height);
  const parents: number[] = [0];
  const root = (one: number): number => {
    let at = one;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]!]!;
    return at;
  };
  const joined = (label: number, other: number): number => {
    const same = root(other);
    if (!label || same === label) return same;
    return label < same ? (parents[same] = label) : (parents[label] = same);
  };
  let near = 0;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      if (data[at]! >= means[at]! * share) continue;
      let label = 0;
      if (x > 0 && (near = labels[at - 1]!)) label = root(near);
      if (y > 0) {
        if ((near = labels[at - width]!)) label = joined(label, near);
        else {
          if (x > 0 && (near = labels[at - width - 1]!)) label = joined(label, near);
          if (x < width - 1 && (near = labels[at - width + 1]!)) label = joined(label, near);
        }
      }
      if (!label) parents.push((label = parents.length));
      labels[at] = label;
    }
  }
  return boxes(labels, width, height, root).sort((one, two) => one.x - two.x);
}

function boxes(labels: Int32Array, width: number, height: number, root: (one: number) => number): Mark[] {
  const found = new Map<number, { left: number; right: number; top: number; bottom: number; area: number }>();
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      if (!labels[at]) continue;
      const label = root(labels[at]!);
      const box = found.get(label);
      if (!box) found.set(label, { left: x, right: x, top: y, bottom: y, area: 1 });
      else {
        if (x < box.left) box.left = x;
        if (x > box.right) box.right = x;
        box.bottom = y;
        box.area += 1;
      }
    }
  }
  return [...found.values()].flatMap(({ left, right, top, bottom, area }) => {
    const [wide, tall] = [right - left + 1, bottom - top + 1];
    const isLike = tall >= SMALLEST && tall <= TALLEST && wide <= tall * 1.7 && wide >= tall * 0.1 && area >= wide * tall * 0.12;
    return isLike ? [{ x: (left + right) / 2, y: (top + bottom) / 2, width: wide, height: tall }] : [];
  });
}
