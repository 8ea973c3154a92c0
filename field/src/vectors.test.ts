/** The twin obeys the shared vectors. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bindDocument, bindingTag } from './binding';
import { fromHex } from './bytes';
import { readRecognitionCode, readShortCode, recognise, shortCode } from './codes';
import { refer } from './keys';
import { passId } from './payload';
import { readRevocations } from './revocation';
import type { Content, Level, RevocationList, VerifierState } from './values';
import { openPass, verifyPass } from './verify';

interface Vectors {
  verifiers: VerifierState[];
  checks: {
    name: string; text: string; verifier: number; now: number; point: string;
    level: Level; codes: string[]; remaining: number[]; policyVersion: string; content: Content | null;
  }[];
  references: Record<'operation' | 'point' | 'route' | 'policy', string>;
  bindings: { text: string; verifier: number; documents: { number: string; birth: string; tag: string; members: number[] }[] };
  recognition: { known: Record<string, string>; codes: { code: string; pass: string | null; isWatched: boolean }[] };
  shortCodes: { pass: string; bytes: string; shortCode: string }[];
  revocationLists: { name: string; data: string; list: Omit<RevocationList, 'operation'> | null }[];
}

const vectors = JSON.parse(readFileSync(new URL('../../spec/vectors/pass-v1.json', import.meta.url), 'utf8')) as Vectors;
const device = vectors.verifiers[vectors.bindings.verifier]!;

describe('every check of the vectors', () => {
  test.each(vectors.checks.map((check) => [check.name, check] as const))('%s', async (_name, check) => {
    const { level, codes, remaining, policyVersion, content } = await verifyPass(
      check.text, vectors.verifiers[check.verifier]!, check.now, check.point,
    );
    expect({ level, codes, remaining, policyVersion, content }).toEqual({
      level: check.level, codes: check.codes, remaining: check.remaining,
      policyVersion: check.policyVersion, content: check.content,
    });
  });
});

test('there are enough vectors', () => {
  expect(vectors.checks.length).toBeGreaterThanOrEqual(300);
});

test('references', async () => {
  for (const [kind, reference] of Object.entries(vectors.references)) {
    expect(await refer(kind as keyof Vectors['references'], 'north-gate')).toBe(reference);
  }
});

test('documents bind the members that they are of', async () => {
  const { content } = await openPass(vectors.bindings.text, device);
  for (const { number, birth, tag, members } of vectors.bindings.documents) {
    expect(await bindingTag(number, birth, device.pointDayKeys[0]!)).toBe(tag);
    expect(await bindDocument(content, number, birth, device.pointDayKeys)).toEqual(members);
  }
});

test('codes learnt by heart', async () => {
  for (const { code, pass, isWatched } of vectors.recognition.codes) {
    const found = await recognise(code, device.pointDayKeys, vectors.recognition.known);
    expect(found).toEqual(pass ? { pass, isWatched } : null);
  }
  expect(readRecognitionCode('12345678')).toBeNull();
});

test('short codes', () => {
  for (const { pass, bytes, shortCode: printed } of vectors.shortCodes) {
    expect(passId(fromHex(bytes))).toBe(pass);
    expect(shortCode(pass)).toBe(printed);
    expect(readShortCode(printed.toLowerCase())).toBe(pass);
    expect(readShortCode(printed.slice(0, -1) + (printed.endsWith('0') ? '1' : '0'))).toBeNull();
  }
});

test('lists of what is withdrawn', async () => {
  for (const { name, data, list } of vectors.revocationLists) {
    const reading = readRevocations(fromHex(data), device.operation, device.issuingKeys);
    if (list) expect(await reading).toEqual({ operation: device.operation, ...list });
    else await expect(reading, name).rejects.toThrow();
  }
});

