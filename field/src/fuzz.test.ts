/** The twins on passes drawn at random: tests/core/passes/test_fuzz.py writes them and says where, in FUZZED_PASSES. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { VerifierState } from './values';
import { verifyPass } from './verify';

interface Fuzzed {
  verifiers: VerifierState[];
  checks: { text: string; verifier: number; now: number; point: string; level: string; codes: string[]; remaining: number[]; policyVersion: string }[];
}

const path = process.env.FUZZED_PASSES;
const AT_ONCE = 64;

test.runIf(path)('both twins give the same verdict', { timeout: 300_000 }, async () => {
  const { verifiers, checks } = JSON.parse(readFileSync(path!, 'utf8')) as Fuzzed;
  for (let at = 0; at < checks.length; at += AT_ONCE) {
    await Promise.all(checks.slice(at, at + AT_ONCE).map(async ({ text, verifier, now, point, ...expected }, place) => {
      const { level, codes, remaining, policyVersion } = await verifyPass(text, verifiers[verifier]!, now, point);
      const found = { level, codes, remaining, policyVersion };
      if (JSON.stringify(found) !== JSON.stringify(expected)) {
        expect(found, `case ${at + place}`).toEqual(expected); // says what differs; as text first, 20,000 times sooner
      }
    }));
  }
});
