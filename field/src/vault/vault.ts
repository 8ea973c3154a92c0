/**
 * The lock of the phone. A code word gives, by Argon2id, the key of one of two slots; the slot holds the key of
 * everything else. Two slots are always there and look alike: nobody can tell whether there is a duress code.
 */
import { argon2id } from 'hash-wasm';
import { type Bytes, utf8 } from '../bytes';
import { openBytes, type Sealed, sealBytes, usable } from './crypt';
import { makePasskey, openPasskey, type Passkey } from './passkey';

export interface Cost {
  /** Kibibytes. */
  memory: number;
  passes: number;
}

export const COST: Cost = { memory: 65_536, passes: 3 };
export const MOST_WRONG = 10;
const KEY_BYTES = 32;
const PLACE = 'vault';
const REAL = 1;
const DURESS = 2;

/** As it lies on the phone, in the clear: nothing in it says anything without the code. */
export interface Vault extends Cost {
  salt: Bytes;
  slots: Sealed[];
  /** Wrong codes since the last right one; written before a code is tried. */
  wrong: number;
  /** By which the locked phone asks the site whether it was withdrawn. */
  standing?: { device: string; ticket: string };
  /** Another way to the key of the real slot, if the officer wanted one. */
  passkey?: Passkey;
}

/** `anew` makes a vault with nothing behind it that the same code opens, of the key that was derived: nobody sees by the time which code it was. */
export type Opened = { kind: 'real' | 'duress'; key: CryptoKey; anew: () => Promise<Made> } | null;

export interface Made {
  vault: Vault;
  key: CryptoKey;
}

async function slotKey(code: string, { salt, memory, passes }: Pick<Vault, 'salt' | 'memory' | 'passes'>): Promise<CryptoKey> {
  const raw = await argon2id({
    password: utf8(code.normalize('NFKC')), salt, iterations: passes, parallelism: 1, memorySize: memory, hashLength: KEY_BYTES, outputType: 'binary',
  });
  const key = await usable(raw as Bytes);
  raw.fill(0);
  return key;
}

/** Makes a vault for a code word, and for a duress code if one is given; the key of the store with it. */
export async function makeVault(code: string, duress = '', cost: Cost = COST): Promise<Made> {
  const base = { salt: crypto.getRandomValues(new Uint8Array(16)), ...cost };
  return vaultUnder(base, await slotKey(code, base), duress ? await slotKey(duress, base) : null);
}

async function vaultUnder({ salt, memory, passes }: Pick<Vault, 'salt' | 'memory' | 'passes'>, own: CryptoKey, duress: CryptoKey | null): Promise<Made> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const slots = [await slotFor(own, REAL, raw)];
  const other = duress ?? await usable(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  slots.push(await slotFor(other, DURESS, crypto.getRandomValues(new Uint8Array(KEY_BYTES))));
  if (crypto.getRandomValues(new Uint8Array(1))[0]! & 1) slots.reverse();
  const key = await usable(raw);
  raw.fill(0);
  return { vault: { salt, memory, passes, slots, wrong: 0 }, key };
}

async function slotFor(key: CryptoKey, kind: number, raw: Bytes): Promise<Sealed> {
  return sealBytes(key, PLACE, Uint8Array.of(kind, ...raw));
}

/** Tries a code on both slots: the key of the store, or null if it opens neither. Takes equally long for every code. */
export async function openVault(vault: Vault, code: string): Promise<Opened> {
  const found = await rawOf(vault, code);
  if (!found) return null;
  const key = await usable(found.raw);
  found.raw.fill(0);
  return { kind: found.kind, key, anew: () => vaultUnder(vault, found.under, null) };
}

async function rawOf(vault: Vault, code: string): Promise<{ kind: 'real' | 'duress'; raw: Bytes; under: CryptoKey } | null> {
  const key = await slotKey(code, vault);
  let found: { kind: 'real' | 'duress'; raw: Bytes; under: CryptoKey } | null = null;
  for (const slot of vault.slots) {
    const plain = await openBytes(key, PLACE, slot).catch(() => null);
    if (!plain) continue;
    found = { kind: plain[0] === REAL ? 'real' : 'duress', raw: plain.slice(1), under: key };
    plain.fill(0);
  }
  return found;
}

/** The vault with a passkey to the key that this code opens; as it was if there is none to be had, or for another code. */
export async function withPasskey(vault: Vault, code: string): Promise<Vault> {
  const found = await rawOf(vault, code);
  const passkey = found?.kind === 'real' ? await makePasskey(found.raw) : null;
  found?.raw.fill(0);
  return passkey ? { ...vault, passkey } : vault;
}

/** The key of the store, by the passkey; null if the person or the phone says no. */
export async function openByPasskey(vault: Vault): Promise<CryptoKey | null> {
  const raw = vault.passkey ? await openPasskey(vault.passkey) : null;
  if (!raw) return null;
  const key = await usable(raw);
  raw.fill(0);
  return key;
}
