import { expect, test } from 'vitest';
import type { Bundle } from './bundle';
import { heldTexts } from './held';

const NOW = Date.parse('2026-03-01T10:00:00Z') / 1000;
const words = { en: 'Please sit.', 'fa-af': 'بنشینید.', ps: 'کښېنئ.' };
const loaded = (hoursAgo: number, texts: Record<string, string> = words): Bundle =>
  ({ made_at: new Date((NOW - hoursAgo * 3600) * 1000).toISOString(), held_texts: [{ code: 'crowd-sit', texts, released_at: NOW - 90_000 }] }) as unknown as Bundle;

test('a text is shown in all three languages, Dari first, with the age of the load', () => {
  const { age, texts } = heldTexts(loaded(5), NOW);
  expect(age).toMatchObject({ seconds: 5 * 3600, standing: 'old' });
  expect(texts.map((one) => one.lines.map(({ language }) => language))).toEqual([['fa-af', 'ps', 'en']]);
});

test('what is old is not held up: it may have been taken back', () => {
  expect(heldTexts(loaded(12.1), NOW)).toMatchObject({ age: { standing: 'secondLook' }, texts: [] });
  expect(heldTexts(loaded(-1), NOW).texts).toEqual([]);
});

test('a text that lacks a language is none, and a site that knows none gives none', () => {
  expect(heldTexts(loaded(0, { en: 'Please sit.' }), NOW).texts).toEqual([]);
  expect(heldTexts({ made_at: new Date(NOW * 1000).toISOString() } as Bundle, NOW).texts).toEqual([]);
});
