/** Draws a QR code (ISO/IEC 18004): alphanumeric text, error correction M, versions 1 to 15. What it holds is base45 of sealed bytes. */
const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** By version, from 1: error correction bytes of a block, and blocks (table 9, level M). */
const CHECK_BYTES = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];
/** Level M and mask 0: 00 and 000, with their BCH code, masked (annex C). */
const FORMAT = 0b101010000010010;

type Grid = (boolean | null)[][];

/** Modules, row by row; true is dark. The quiet zone is the caller's. */
export function drawSquare(text: string): boolean[][] {
  const version = CHECK_BYTES.findIndex((_, place) => bitsOf(text, place + 1) <= dataBytes(place + 1) * 8) + 1;
  if (version === 0) throw new Error('too long for one square');
  const side = version * 4 + 17;
  const grid: Grid = Array.from({ length: side }, () => Array<boolean | null>(side).fill(null));
  drawPatterns(grid, version);
  drawData(grid, codewords(text, version));
  return grid as boolean[][];
}

/** One path of all dark modules, for an SVG of this many units with a quiet zone of four. */
export function pathOf(square: boolean[][]): { side: number; path: string } {
  const path = square.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
  return { side: square.length + 8, path };
}

const countBits = (version: number): number => (version < 10 ? 9 : 11);
const bitsOf = (text: string, version: number): number =>
  4 + countBits(version) + Math.floor(text.length / 2) * 11 + (text.length % 2) * 6;

function rawBytes(version: number): number {
  const places = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const alignment = version > 1 ? (25 * places - 10) * places - 55 : 0;
  return Math.floor(((16 * version + 128) * version + 64 - alignment - (version >= 7 ? 36 : 0)) / 8);
}

const dataBytes = (version: number): number => rawBytes(version) - CHECK_BYTES[version - 1]! * BLOCKS[version - 1]!;

function codewords(text: string, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, width: number): void => { for (let at = width - 1; at >= 0; at -= 1) bits.push((value >> at) & 1); };
  put(0b0010, 4);
  put(text.length, countBits(version));
  for (let at = 0; at < text.length; at += 2) {
    const [one, two] = [SIGNS.indexOf(text[at]!), at + 1 < text.length ? SIGNS.indexOf(text[at + 1]!) : null];
    if (one < 0 || two === -1) throw new Error('not alphanumeric');
    if (two === null) put(one, 6);
    else put(one * 45 + two, 11);
  }
  const room = dataBytes(version);
  put(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const bytes = Array.from({ length: bits.length / 8 }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2));
  for (let turn = 0; bytes.length < room; turn += 1) bytes.push(turn % 2 ? 0x11 : 0xec);
  return interleaved(bytes, version);
}

function interleaved(data: number[], version: number): number[] {
  const blocks = BLOCKS[version - 1]!;
  const checks = CHECK_BYTES[version - 1]!;
  const short = Math.floor(data.length / blocks);
  const longer = data.length % blocks;
  const divisor = generator(checks);
  const parts: number[][] = [];
  for (let block = 0, at = 0; block < blocks; block += 1) {
    const length = short + (block >= blocks - longer ? 1 : 0);
    parts.push(data.slice(at, at + length));
    at += length;
  }
  const tails = parts.map((part) => remainder(part, divisor));
  const all: number[] = [];
  for (let at = 0; at <= short; at += 1) for (const part of parts) if (at < part.length) all.push(part[at]!);
  for (let at = 0; at < checks; at += 1) for (const tail of tails) all.push(tail[at]!);
  return all;
}

/** Over GF(256) with x^8 + x^4 + x^3 + x^2 + 1. */
function times(one: number, two: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((two >>> bit) & 1) * one;
  }
  return product;
}

function generator(degree: number): number[] {
  const found = Array<number>(degree).fill(0);
  found[degree - 1] = 1;
  for (let step = 0, root = 1; step < degree; step += 1, root = times(root, 2)) {
    for (let at = 0; at < degree; at += 1) found[at] = times(found[at]!, root) ^ (found[at + 1] ?? 0);
  }
  return found;
}

function remainder(data: number[], divisor: number[]): number[] {
  const rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    for (const [at, one] of divisor.entries()) rest[at]! ^= times(one, factor);
  }
  return rest;
}

function drawPatterns(grid: Grid, version: number): void {
  const side = grid.length;
  for (let at = 0; at < side; at += 1) grid[6]![at] = grid[at]![6] = at % 2 === 0;
  for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]] as const) ringed(grid, x, y, 4, (far) => far !== 2 && far !== 4);
  const middles = alignments(version, side);
  for (const [one, x] of middles.entries()) {
    for (const [two, y] of middles.entries()) {
      const isCorner = (one === 0 && (two === 0 || two === middles.length - 1)) || (one === middles.length - 1 && two === 0);
      if (!isCorner) ringed(grid, x, y, 2, (far) => far !== 1);
    }
  }
  drawFormat(grid);
  if (version >= 7) drawVersion(grid, version);
}

function ringed(grid: Grid, x: number, y: number, reach: number, isDark: (far: number) => boolean): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let across = -reach; across <= reach; across += 1) {
      const row = grid[y + down];
      if (row && row[x + across] !== undefined) row[x + across] = isDark(Math.max(Math.abs(down), Math.abs(across)));
    }
  }
}

function alignments(version: number, side: number): number[] {
  if (version === 1) return [];
  const many = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + many * 3 + 5) / (many * 4 - 4)) * 2;
  return [6, ...Array.from({ length: many - 1 }, (_, at) => side - 7 - at * step).reverse()];
}

function drawFormat(grid: Grid): void {
  const side = grid.length;
  const bit = (at: number): boolean => ((FORMAT >>> at) & 1) === 1;
  for (let at = 0; at < 6; at += 1) grid[at]![8] = bit(at);
  [grid[7]![8], grid[8]![8], grid[8]![7]] = [bit(6), bit(7), bit(8)];
  for (let at = 9; at < 15; at += 1) grid[8]![14 - at] = bit(at);
  for (let at = 0; at < 8; at += 1) grid[8]![side - 1 - at] = bit(at);
  for (let at = 8; at < 15; at += 1) grid[side - 15 + at]![8] = bit(at);
  grid[side - 8]![8] = true;
}

function drawVersion(grid: Grid, version: number): void {
  let rest = version;
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at += 1) {
    const [far, near] = [grid.length - 11 + (at % 3), Math.floor(at / 3)];
    grid[near]![far] = grid[far]![near] = ((bits >>> at) & 1) === 1;
  }
}

/** In columns of two from the right, up and down, under mask 0: what is drawn is sealed and looks like noise, so that no mask is better. */
function drawData(grid: Grid, bytes: number[]): void {
  const side = grid.length;
  let at = 0;
  for (let right = side - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step += 1) {
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? side - 1 - step : step;
        if (grid[y]![x] !== null) continue;
        const dark = at < bytes.length * 8 && ((bytes[at >>> 3]! >>> (7 - (at & 7))) & 1) === 1;
        grid[y]![x] = dark !== ((x + y) % 2 === 0);
        at += 1;
      }
    }
  }
}
