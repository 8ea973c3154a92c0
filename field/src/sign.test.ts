import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { type Bytes, utf8 } from './bytes';
import { isSigned, isSignedByNoble } from './sign';

const secret = new Uint8Array(32).fill(7);
const publicKey = ed25519.getPublicKey(secret) as Bytes;
const message = utf8('a message');
const signature = ed25519.sign(message, secret) as Bytes;

test.each([['WebCrypto', isSigned], ['noble, where WebCrypto has no Ed25519', isSignedByNoble]])('%s', async (_name, check) => {
  expect(await check(publicKey, signature, message)).toBe(true);
  expect(await check(publicKey, signature, utf8('another'))).toBe(false);
  const altered = signature.slice();
  altered[40]! ^= 1;
  expect(await check(publicKey, altered, message)).toBe(false);
});
