import { expect, test } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the examples of RFC 9285', () => {
  expect(encodeBase45(bytes('AB'))).toBe('BB8');
  expect(encodeBase45(bytes('Hello!!'))).toBe('%69 VD92EX0');
  expect(decodeBase45('QED8WEX0')).toEqual(bytes('ietf!'));
});

test('what is not base45 is refused', () => {
  for (const text of ['A', 'GGW', ':::', 'ab8', 'BB8!']) expect(decodeBase45(text)).toBeNull();
});
