import { expect, test } from 'vitest';
import type { Bundle } from './bundle';
import { namingOtherwise } from './otherwise';
import type { Content } from './values';
import { verdict } from './verify';

const content = { id: 'K-1', members: [{}] } as unknown as Content;
const used = verdict(['used-elsewhere', 'list-too-old'], content);
const bundle = (is_used: boolean): Bundle => ({ passes: [{ id: 'K-1', is_used }] }) as unknown as Bundle;

test('whoever is inside by a document is told as already admitted, and their pass not as used', () => {
  expect(namingOtherwise(used, bundle(false), []).codes).toEqual(['already-admitted', 'list-too-old']);
  expect(namingOtherwise(used, bundle(false), []).level).toBe('not-valid');
});

test('a pass that was used itself stays used, here or at another device', () => {
  expect(namingOtherwise(used, bundle(true), [])).toBe(used);
  expect(namingOtherwise(used, bundle(false), [{ pass: 'K-1', members: [0], point: 'south-gate' }])).toBe(used);
  expect(namingOtherwise(used, { passes: [] } as unknown as Bundle, [])).toBe(used);
});
