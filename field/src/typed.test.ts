import { expect, test } from 'vitest';
import type { Bundle } from './bundle';
import { shortCode } from './codes';
import { toHex, utf8 } from './bytes';
import { hmac, subkey } from './keys';
import { verifyTyped } from './typed';
import type { VerifierState } from './values';

const NOW = 1_630_000_000;
const key = { point: 'north-gate', day: '2021-08-26', secret: '11'.repeat(32) };
const tag = async (label: string, digits: string): Promise<string> =>
  toHex((await hmac(await subkey(key, 'code'), utf8(`${label}\x1f${digits}`))).subarray(0, 10));

async function scene(): Promise<{ bundle: Bundle; state: VerifierState }> {
  const pass = {
    id: 'K-000000000001', party: 'F-1', persons: ['P-1', 'P-2'], point: 'north-gate', policy: 'neo 1',
    begins: NOW - 60, ends: NOW + 60, is_used: false, admitted: [],
    recognition: await tag('recognition', '00000000'), watched: await tag('watched', '11111112'),
  };
  const bundle = { operation: 'op', points: ['north-gate', 'south-gate'], passes: [pass] } as unknown as Bundle;
  const state: VerifierState = {
    operation: 'op', points: bundle.points, issuingKeys: [], pointDayKeys: [key], uses: [], admittedTags: [],
    revocations: { operation: 'op', issuedAt: NOW, serial: 1, passes: ['K-000000000002'], keys: [] },
    newestSignedTime: NOW, policies: [{ version: 'neo 1', isHonoured: true }], delays: [],
    listStaleAfter: 86400, listWarnAfter: 14400, clockTolerance: 300,
  };
  return { bundle, state };
}

const codeOf = async (text: string, point = 'north-gate', now = NOW): Promise<string | undefined> => {
  const { bundle, state } = await scene();
  return (await verifyTyped(text, bundle, state, now, point))?.verdict.code;
};

test('the code beside the square opens what the pass would', async () => {
  expect(await codeOf(shortCode('K-000000000001'))).toBe('valid');
  expect(await codeOf(shortCode('K-000000000001'), 'south-gate')).toBe('wrong-point');
  expect(await codeOf(shortCode('K-000000000001'), 'north-gate', NOW + 61)).toBe('expired');
  expect(await codeOf(shortCode('K-000000000002'))).toBe('revoked');
  expect(await codeOf(shortCode('K-000000000003'))).toBe('unknown-key');
  expect(await codeOf(shortCode('K-000000000001'), 'elsewhere')).toBe('device-not-allowed');
});

test('a pass that was used is used under its code too', async () => {
  const { bundle, state } = await scene();
  state.uses.push({ pass: 'K-000000000001', members: [0, 1], point: 'north-gate' });
  expect((await verifyTyped(shortCode('K-000000000001'), bundle, state, NOW, 'north-gate'))?.verdict.code).toBe('used-here');
});

test('what is no code may be a pass', async () => {
  expect(await codeOf('')).toBeUndefined();
  expect(await codeOf('6BF6ZQ/ZO')).toBeUndefined();
});
