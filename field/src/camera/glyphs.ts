/**
 * Reads single characters where they stand: a net with one hidden layer over a small patch of each, trained from open fonts
 * (`benchmarks/field/glyph_model.py`). It takes a hundredth of the time that the reader of whole lines takes.
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
  /** One row for each input. */
  weights: Float32Array;
  biases: Float32Array;
}

export interface GlyphModel {
  layers: readonly [Layer, Layer];
  hidden: number;
}

/** Which characters may stand at a place; the rest are not considered. */
export type Allowed = (place: number) => string;

export interface Glyphs {
  text: string;
  /** The chance of the least certain character, 0 to 1. */
  least: number;
}

export function glyphModelOf(file: ArrayBuffer): GlyphModel {
  const view = new DataView(file);
  const [inputs, hidden, outputs] = [view.getUint16(0, true), view.getUint16(2, true), view.getUint16(4, true)];
  if (inputs !== WIDE * TALL || outputs !== ALPHABET.length) throw new Error('a model of other characters');
  let at = 6;
  const layer = (rows: number, columns: number): Layer => {
    const scale = view.getFloat32(at, true);
    const weights = Float32Array.from(new Int8Array(file, at + 4, rows * columns), (one) => one * scale);
    at += 4 + rows * columns;
    const biases = Float32Array.from({ length: columns }, (_, place) => view.getFloat32(at + place * 4, true));
    at += columns * 4;
    return { weights, biases };
  };
  return { layers: [layer(inputs, hidden), layer(hidden, outputs)], hidden };
}

/** The characters of one line, each from its own cell. */
export function glyphsOf(picture: Grey, cells: readonly Cell[], model: GlyphModel): Float32Array[] {
  const patch = new Float32Array(WIDE * TALL);
  return cells.map((cell) => {
    const mean = new Float32Array(ALPHABET.length);
    for (const [right, down] of NUDGES) {
      cut(picture, cell, right, down, patch);
      for (const [sign, one] of chances(patch, model).entries()) mean[sign]! += one / NUDGES.length;
    }
    return mean;
  });
}

/** The likeliest text, of what may stand at each place. */
export function textOf(found: readonly Float32Array[], allowed: Allowed): Glyphs {
  let [text, least] = ['', 1];
  for (const [place, each] of found.entries()) {
    const signs = allowed(place);
    let [best, chance] = ['', -1];
    for (const sign of signs) {
      const one = each[ALPHABET.indexOf(sign)]!;
      if (one > chance) [best, chance] = [sign, one];
    }
    text += best;
    least = Math.min(least, chance);
  }
  return { text, least };
}

function cut(picture: Grey, { x, y, across, slope, tall }: Cell, right: number, down: number, patch: Float32Array): void {
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

function chances(patch: Float32Array, { layers: [first, second], hidden }: GlyphModel): Float32Array {
  const middle = Float32Array.from(first.biases);
  for (let place = 0, at = 0; place < patch.length; place += 1) {
    const value = patch[place]!;
    for (let one = 0; one < hidden; one += 1, at += 1) middle[one]! += value * first.weights[at]!;
  }
  const out = Float32Array.from(second.biases);
  for (let one = 0, at = 0; one < hidden; one += 1) {
    const value = middle[one]!;
    if (value <= 0) {
      at += out.length;
      continue;
    }
    for (let sign = 0; sign < out.length; sign += 1, at += 1) out[sign]! += value * second.weights[at]!;
  }
  const most = Math.max(...out);
  let sum = 0;
  for (let sign = 0; sign < out.length; sign += 1) sum += out[sign] = Math.exp(out[sign]! - most);
  for (let sign = 0; sign < out.length; sign += 1) out[sign]! /= sum;
  return out;
}
