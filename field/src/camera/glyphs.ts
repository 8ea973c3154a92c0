/**
 * Reads single characters where they stand: a net with one hidden layer over a small patch of each, trained from open fonts
 * (`benchmarks/field/glyph_model.py`). It takes a small part of the time that the reader of whole lines takes.
 */
import type { Grey } from './grey';
import { sample } from './grey';
import type { Cell } from './cells';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';
const [WIDE, TALL] = [16, 24];
/** The patch, in distances of two characters and in heights of a capital: as it was trained. */
const [ACROSS, UPRIGHT] = [1.15, 1.5];

/** Each character is looked at so, moved by these shares of the pitch and of a capital's height: who is sure only where it stands is not sure. */
const NUDGES = [[0, 0], [-0.04, 0.03], [0.04, -0.03]] as const;

interface Layer {
  /** One row for each unit of the layer. */
  weights: Float32Array;
  biases: Float32Array;
}

export interface GlyphModel {
  layers: readonly [Layer, Layer];
  hidden: number;
}

/** What may stand at a place; the rest is not considered. A sign that may not stand there counts for the one that it is `alike`. */
export interface Kind {
  signs: string;
  alike?: Readonly<Record<string, string>>;
  /** Two signs so alike that a patch is certain to be one of them, and not which. */
  twins?: string;
}

export type Allowed = (place: number) => Kind;

/** Of all chances so much at least is of signs that may stand there, or the patch is none of them and its likeliest not certain. */
const LEAST_SHARE = 0.5;

export interface Glyphs {
  text: string;
  /** The chance of the least certain character, 0 to 1; one of two twins counts for both. */
  least: number;
  /** Places of twins, however certain: in some designs of print the two are one, and a net takes the wrong one for certain. */
  twins: number[];
}

export function glyphModelOf(file: ArrayBuffer): GlyphModel {
  const view = new DataView(file);
  const [inputs, hidden, outputs] = [view.getUint16(0, true), view.getUint16(2, true), view.getUint16(4, true)];
  if (inputs !== WIDE * TALL || hidden % 2 || outputs !== ALPHABET.length) throw new Error('a model of other characters');
  let at = 6;
  const layer = (rows: number, columns: number): Layer => {
    const scale = view.getFloat32(at, true);
    const kept = new Int8Array(file, at + 4, rows * columns);
    const weights = Float32Array.from({ length: rows * columns }, (_, place) => kept[(place % rows) * columns + Math.floor(place / rows)]! * scale);
    at += 4 + rows * columns;
    const biases = Float32Array.from({ length: columns }, (_, place) => view.getFloat32(at + place * 4, true));
    at += columns * 4;
    return { weights, biases };
  };
  return { layers: [layer(inputs, hidden), layer(hidden, outputs)], hidden };
}

/** The characters of one line, each from its own cell. */
export function glyphsOf(picture: Grey, cells: readonly Cell[], model: GlyphModel): Float32Array[] {
  const patches = [0, 1, 2].map(() => new Float64Array(WIDE * TALL)) as [Float64Array, Float64Array, Float64Array];
  return cells.map((cell) => {
    for (const [at, [right, down]] of NUDGES.entries()) cut(picture, cell, right, down, patches[at]!);
    const each = chances(patches, model);
    return Float32Array.from(ALPHABET, (_, sign) => each.reduce((sum, one) => sum + one[sign]!, 0) / NUDGES.length);
  });
}

/** The likeliest text, of what may stand at each place. */
export function textOf(found: readonly Float32Array[], allowed: Allowed): Glyphs {
  let [text, least] = ['', 1];
  const twinPlaces: number[] = [];
  for (const [place, each] of found.entries()) {
    const { signs, alike = {}, twins = '' } = allowed(place);
    let [best, chance, sum] = ['', -1, 0];
    for (const sign of signs) {
      let one = 0;
      for (const like of sign + (alike[sign] ?? '')) one += each[ALPHABET.indexOf(like)]!;
      if (one > chance) [best, chance] = [sign, one];
      sum += one;
    }
    text += best;
    if (twins.includes(best)) {
      twinPlaces.push(place);
      chance = [...twins].reduce((all, sign) => all + each[ALPHABET.indexOf(sign)]!, 0);
    }
    least = Math.min(least, chance / Math.max(sum, LEAST_SHARE));
  }
  return { text, least, twins: twinPlaces };
}

function cut(picture: Grey, { x, y, across, slope, tall }: Cell, right: number, down: number, patch: Float64Array): void {
  const long = Math.hypot(1, slope);
  const [cos, sin] = [1 / long, slope / long];
  const [stepX, stepY] = [(across * ACROSS) / WIDE, (tall * UPRIGHT) / TALL];
  let sum = 0;
  for (let row = 0, at = 0; row < TALL; row += 1) {
    const v = (row + 0.5 - TALL / 2) * stepY + down * tall;
    for (let column = 0; column < WIDE; column += 1, at += 1) {
      const u = (column + 0.5 - WIDE / 2) * stepX + right * across;
      sum += patch[at] = sample(picture, x + u * cos - v * sin, y + u * sin + v * cos);
    }
  }
  const mean = sum / patch.length;
  let square = 0;
  for (let at = 0; at < patch.length; at += 1) square += (patch[at]! - mean) ** 2;
  const spread = Math.max(1, Math.sqrt(square / patch.length));
  for (let at = 0; at < patch.length; at += 1) patch[at] = (patch[at]! - mean) / spread;
}

/** The net for the three nudges of a cell at once, two of its units at a time: each weight is fetched once. */
function chances([one, two, three]: readonly [Float64Array, Float64Array, Float64Array], { layers: [first, second], hidden }: GlyphModel): Float64Array[] {
  const inputs = WIDE * TALL;
  const middles = NUDGES.map(() => new Float64Array(hidden));
  const [m1, m2, m3] = middles as [Float64Array, Float64Array, Float64Array];
  const { weights, biases } = first;
  for (let unit = 0; unit < hidden; unit += 2) {
    let a1 = 0, a2 = 0, a3 = 0, b1 = 0, b2 = 0, b3 = 0; // no arrays in here: they would take most of the time
    for (let place = 0, at = unit * inputs, next = at + inputs; place < inputs; place += 1, at += 1, next += 1) {
      const p1 = one[place]!, p2 = two[place]!, p3 = three[place]!, v = weights[at]!, w = weights[next]!;
      a1 += p1 * v; a2 += p2 * v; a3 += p3 * v;
      b1 += p1 * w; b2 += p2 * w; b3 += p3 * w;
    }
    const [a, b] = [biases[unit]!, biases[unit + 1]!];
    m1[unit] = Math.max(0, a1 + a); m2[unit] = Math.max(0, a2 + a); m3[unit] = Math.max(0, a3 + a);
    m1[unit + 1] = Math.max(0, b1 + b); m2[unit + 1] = Math.max(0, b2 + b); m3[unit + 1] = Math.max(0, b3 + b);
  }
  return middles.map((middle) => {
    const out = Float64Array.from(second.biases, (bias, sign) => {
      let sum = bias;
      for (let unit = 0, at = sign * hidden; unit < hidden; unit += 1, at += 1) sum += middle[unit]! * second.weights[at]!;
      return sum;
    });
    const most = Math.max(...out);
    const shares = out.map((each) => Math.exp(each - most));
    const sum = shares.reduce((all, each) => all + each, 0);
    return shares.map((each) => each / sum);
  });
}
