/** Spellings that a skeleton doesn't join: keys at a distance of one letter, and what each is worth against the key itself. */

const LETTERS = [...'ABPTSCZJXHDRFKLMNWY'];
/** Letters of which one is often written for the other. */
const KIN = new Set(['SC', 'ZJ', 'XH', 'XK', 'TD', 'ST', 'ZD', 'CJ', 'BP', 'HK', 'WB', 'JK', 'SZ', 'ZC', 'PF', 'JD'].flatMap((pair) => [pair, pair[1]! + pair[0]!]));

/** A letter that is often left out (H, one of two alike) or confused. */
export const SLIGHT = 0.85;
/** Any other letter, in keys of three and more. */
const TYPED = 0.6;
const FIRST_LETTER = 0.8;
const LEAST_TYPED = 3;

/** The key and its neighbours. `isSlightOnly` leaves out what only a slip of the finger explains. */
export function near(key: string, isSlightOnly = false): Map<string, number> {
  const found = new Map([[key, 1]]);
  const typed = isSlightOnly || key.length < LEAST_TYPED ? 0 : TYPED;
  const add = (spelt: string, worth: number): void => {
    if (worth && spelt && (found.get(spelt) ?? 0) < worth) found.set(spelt, worth);
  };
  for (let at = 0; at <= key.length; at += 1) {
    const [before, letter, after] = [key.slice(0, at), key[at] ?? '', key.slice(at + 1)];
    if (letter && (key.length > 2 || letter === 'H')) add(before + after, letter === 'H' || after[0] === letter ? SLIGHT : typed);
    if (after) add(before + after[0]! + letter + after.slice(1), typed);
    for (const other of LETTERS) {
      const isTwin = other === 'H' || other === letter || other === before.at(-1);
      add(before + other + key.slice(at), isTwin ? SLIGHT : typed);
      if (letter && other !== letter) add(before + other + after, KIN.has(letter + other) ? SLIGHT : at ? typed : typed * FIRST_LETTER);
    }
  }
  return found;
}
