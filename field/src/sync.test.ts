import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { toBase64 } from './bundle';
import { concat, toHex, utf8 } from './bytes';
import { write } from './cbor';
import { isReceipted } from './sync';

const secret = new Uint8Array(32).fill(7);
const siteKey = toHex(ed25519.getPublicKey(secret));
const receipts = [{ nonce: 'n1', outcome: 'stored' as const, event: 'E-1', reason: '' }];
const told = write([['n1', 'stored', 'E-1', '']]);
const signature = toBase64(ed25519.sign(concat(utf8('safepassage/receipt/v1\0'), told), secret));

test('receipts are believed if the site signed them, one for each item', async () => {
  expect(await isReceipted({ receipts, signature }, siteKey, 1)).toBe(true);
});

test('nobody else can make a device forget what it has not handed in', async () => {
  const forged = toBase64(ed25519.sign(concat(utf8('safepassage/receipt/v1\0'), told), new Uint8Array(32).fill(8)));
  expect(await isReceipted({ receipts, signature: forged }, siteKey, 1)).toBe(false);
  expect(await isReceipted({ receipts: [{ ...receipts[0]!, nonce: 'n2' }], signature }, siteKey, 1)).toBe(false);
  expect(await isReceipted({ receipts, signature }, siteKey, 2)).toBe(false);
});
