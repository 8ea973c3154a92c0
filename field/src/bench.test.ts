/** What benchmarks/field measures in V8 without a browser: it says where its job lies, in FIELD_BENCH. */
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { prepareZXingModule } from 'zxing-wasm/reader';
import { type FactKind, Lookup, type LookupTable } from './lookup';
import { readImage } from './looks';

interface Question { person: number; name: string; kind: FactKind; fact: string; sort?: string; is_another?: boolean }
interface Job {
  lookups?: { table: LookupTable; questions: Question[]; nobody: Question[] };
  squares?: { text: string; side: number; pixels: string; is_readable: boolean }[];
}

const path = process.env.FIELD_BENCH;

test.runIf(path)('measure', { timeout: 600_000 }, async () => {
  const job = JSON.parse(readFileSync(path!, 'utf8')) as Job;
  const done = { lookups: job.lookups && (await lookUp(job.lookups)), squares: job.squares && (await readAll(job.squares)) };
  writeFileSync(`${path!}.done`, JSON.stringify(done));
});

async function lookUp({ table, questions, nobody }: NonNullable<Job['lookups']>): Promise<unknown> {
  const began = performance.now();
  const lookup = new Lookup(table);
  const build_ms = performance.now() - began;
  const asked = [];
  for (const { person, name, kind, fact, sort, is_another } of questions) {
    const start = performance.now();
    const { hits, all } = await lookup.find(name, kind, fact);
    asked.push({ name, fact, kind, sort, is_another, ms: performance.now() - start, shown: hits.length, place: hits.findIndex((hit) => hit.person === String(person)), all });
  }
  const strangers = [];
  for (const { name, kind, fact } of nobody) strangers.push({ kind, shown: (await lookup.find(name, kind, fact)).hits.length });
  return { build_ms, asked, strangers };
}

async function readAll(squares: NonNullable<Job['squares']>): Promise<unknown> {
  const file = new URL('../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url);
  const wasmBinary = new Uint8Array(readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const read = [];
  for (const { text, side, pixels, is_readable } of squares) {
    const grey = Buffer.from(pixels, 'base64');
    const data = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let at = 0; at < grey.length; at += 1) data.fill(grey[at]!, at * 4, at * 4 + 3);
    const start = performance.now();
    const found = await readImage({ data, width: side, height: side, colorSpace: 'srgb' } as ImageData);
    read.push({ ms: performance.now() - start, is_readable, is_read: found === text, is_wrong: found !== '' && found !== text });
  }
  return read;
}
