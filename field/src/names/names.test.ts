import { describe, expect, test } from 'vitest';
import vectors from '../../../spec/vectors/names-v1.json';
import { fold, skeleton, soundOf, tokens } from './index';

describe('every name of the vectors', () => {
  test.each(vectors.names.map((one) => [one.text, one] as const))('%s', (text, expected) => {
    const found = tokens(text).map((one) => [one.folded, one.kind, one.skeleton, one.skeleton ? soundOf(one.folded) : '']);
    expect({ fold: fold(text), tokens: found, skeleton: skeleton(text) }).toEqual({
      fold: expected.fold, tokens: expected.tokens, skeleton: expected.skeleton,
    });
  });
});

test('spellings of one name meet', () => {
  for (const spellings of vectors.same) {
    expect(new Set(spellings.map((one) => skeleton(one).join(' '))).size, spellings.join(', ')).toBe(1);
  }
});

test('there are enough vectors', () => {
  expect(vectors.names.length).toBeGreaterThanOrEqual(400);
});
