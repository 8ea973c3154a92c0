/** One line of a zone as a straight strip of even light, of the height that the reader of characters was trained on. */
import { type Grey, meansOf, sample } from './grey';
import { middleAt, type TextLine } from './lines';

/** How a strip is cut: several looks at one picture fail in different places. */
export interface Look {
  /** Height of a character in the strip, in pixels. */
  tall: number;
  /** White above and below, in heights of a character. */
  margin: number;
  /** How much wider than tall: the reader of characters errs elsewhere in a wider line. */
  wide: number;
  /** Times that a character's pixel is smoothed with its neighbours. */
  smooth: number;
}

export function stripOf(picture: Grey, line: TextLine, left: number, right: number, look: Look): Grey {
  const scale = line.tall / look.tall;
  const step = scale / look.wide;
  const slope = line.curve[1];
  const along = Math.hypot(1, slope);
  const side = Math.round(look.tall * look.wide * 0.6);
  const width = Math.max(8, Math.round(((right - left) * along + line.pitch) / step) + side);
  const height = Math.round(look.tall * (1 + 2 * look.margin));
  const data = new Uint8Array(width * height);
  for (let column = 0; column < width; column += 1) {
    const x = left - (line.pitch / 2 + (side / 2) * step / along) + (column * step) / along;
    const middle = middleAt(line, x);
    const tilt = Math.atan(slope + 2 * line.curve[2] * (x - line.x0));
    for (let row = 0; row < height; row += 1) {
      const off = (row + 0.5 - height / 2) * scale;
      data[row * width + column] = sample(picture, x - off * Math.sin(tilt), middle + off * Math.cos(tilt));
    }
  }
  return evenly(smoothed({ width, height, data }, look.smooth));
}

function smoothed(picture: Grey, times: number): Grey {
  let { data } = picture;
  const { width, height } = picture;
  for (let round = 0; round < times; round += 1) {
    const out = new Uint8Array(data);
    for (let y = 1; y < height - 1; y += 1) {
      for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
        out[at] = (data[at]! * 4 + (data[at - 1]! + data[at + 1]! + data[at - width]! + data[at + width]!) * 2
          + data[at - width - 1]! + data[at - width + 1]! + data[at + width - 1]! + data[at + width + 1]!) >> 4;
      }
    }
    data = out;
  }
  return { width, height, data };
}

/** Divided by the light around, then stretched from ink to paper. */
function evenly(picture: Grey): Grey {
  const { width, height, data } = picture;
  const means = meansOf(picture, Math.round(height * 0.6));
  const out = new Float32Array(data.length);
  const counts = new Uint32Array(512);
  for (let at = 0; at < data.length; at += 1) {
    out[at] = (data[at]! * 200) / Math.max(20, means[at]!);
    counts[Math.min(511, out[at]! | 0)]! += 1;
  }
  const [ink, paper] = [quantile(counts, data.length * 0.04), quantile(counts, data.length * 0.6)];
  const spread = Math.max(12, paper - ink);
  return { width, height, data: Uint8Array.from(out, (value) => Math.min(255, Math.max(0, ((value - ink) * 255) / spread))) };
}

function quantile(counts: Uint32Array, wanted: number): number {
  let [sum, at] = [0, 0];
  while (at < counts.length - 1 && (sum += counts[at]!) < wanted) at += 1;
  return at;
}
