import { expect, test } from 'vitest';
import vectors from '../../../spec/vectors/lookup-v1.json';
import { markedSkeleton } from '../names/marks';
import { counted, type FactKind, Lookup, LOOKUPS_PER_MS, MOST_SHOWN } from './index';

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
    ...copies, names: column(vectors.table.names, first.names * 4), name_marks: column(vectors.table.name_marks, first.names), name_counts: column(vectors.table.name_counts, 1),
    facts: column(vectors.table.facts, first.facts * 4), fact_counts: column(vectors.table.fact_counts, 1),
  });
  const { hits, all } = await crowd.find('Karim Testani', 'birth-year', '1980');
  expect([hits.length, all]).toEqual([MOST_SHOWN, many]);
});

test('look-ups are forgotten after their time', () => {
  expect(counted([0, 1, LOOKUPS_PER_MS], LOOKUPS_PER_MS)).toEqual([1, LOOKUPS_PER_MS]);
});

test.each(vectors.marks)('the marks of %s', (name, marks) => {
  expect(markedSkeleton(name as string)).toEqual(marks);
});

test('a table from before marks were told still finds', async () => {
  const { name_marks: _, ...old } = vectors.table;
  const { hits } = await new Lookup(old).find('Kareem Testani', 'birth-year', '1980');
  expect(hits.map((hit) => hit.person)).toEqual(['P-0']);
});

test('the name of somebody else beside a document is told', async () => {
  const { hits } = await lookup.find('Nobody Atall', 'document', 'P0000001');
  expect(hits.map((hit) => [hit.person, hit.agreeing])).toEqual([['P-0', 0]]);
});
