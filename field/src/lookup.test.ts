import { expect, test } from 'vitest';
import vectors from '../../spec/vectors/lookup-v1.json';
import { counted, type FactKind, Lookup, LOOKUPS_PER_MS, MOST_SHOWN } from './lookup';

const lookup = new Lookup(vectors.table);

test.each(vectors.asked)('$name and $kind $fact', async ({ name, kind, fact, found }) => {
  const { hits } = await lookup.find(name, kind as FactKind, fact);
  expect(hits.map((hit) => hit.person).sort()).toEqual(found.map((place) => `P-${place}`).sort());
});

test('a name alone gives a number', async () => {
  for (const [name, many] of vectors.counted) expect(await lookup.count(name as string), String(name)).toBe(many);
});

test('no more are shown than the stated number', async () => {
  const many = 10;
  const copies = { ...vectors.table, persons: Array.from({ length: many }, (_, place) => `P-${place}`), party_of: Array.from({ length: many }, () => 0) };
  const column = (text: string, length: number): string => btoa(atob(text).slice(0, length).repeat(many));
  const first = { names: atob(vectors.table.name_counts).charCodeAt(0), facts: atob(vectors.table.fact_counts).charCodeAt(0) };
  const crowd = new Lookup({
    ...copies, names: column(vectors.table.names, first.names * 4), name_counts: column(vectors.table.name_counts, 1),
    facts: column(vectors.table.facts, first.facts * 4), fact_counts: column(vectors.table.fact_counts, 1),
  });
  const { hits, all } = await crowd.find('Karim Testani', 'birth-year', '1980');
  expect([hits.length, all]).toEqual([MOST_SHOWN, many]);
});

test('look-ups are forgotten after their time', () => {
  expect(counted([0, 1, LOOKUPS_PER_MS], LOOKUPS_PER_MS)).toEqual([1, LOOKUPS_PER_MS]);
});
