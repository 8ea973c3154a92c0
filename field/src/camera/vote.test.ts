import { describe, expect, test } from 'vitest';
import { type Reading, readingOf } from './fit';
import { Ballot } from './vote';

const NOW = new Date('2026-08-14T00:00:00Z');
const NAME = 'P<UTOSAHIL<<OMID<<<<<<<<<<<<<<<<<<<<<<<<<<<<';
const BODY = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
const ballot = (...readings: Partial<Reading>[]): Ballot => {
  const box = new Ballot();
  for (const one of readings) box.add({ lines: [], isValid: true, by: 'lines', trust: ['vouched', 'vouched'], ...one });
  return box;
};

describe('what frames agree on', () => {
  const lines = [NAME, BODY];
  const seen = { lines, isValid: true };
  const otherName = { lines: [lines[0]!.replace('OMID', 'QMID'), lines[1]!], isValid: true };
  const misread = { lines: [lines[0]!, lines[1]!.replace('L89', 'I89')], isValid: false };

  test('one frame is a proposal, two that agree are read', () => {
    expect(ballot(seen).outcome(NOW)).toEqual({ state: 'proposed', lines });
    expect(ballot(seen, seen).outcome(NOW)).toEqual({ state: 'read', lines });
  });

  test('what single characters were taken for counts only beside the reader of whole lines', () => {
    const apart = { ...seen, by: 'glyphs' as const, trust: ['doubted', 'sure'] as const };
    expect(ballot(apart, apart, apart).outcome(NOW)).toEqual({ state: 'proposed', lines });
    expect(ballot(apart, seen).outcome(NOW)).toEqual({ state: 'read', lines });
    expect(ballot(apart, apart, otherName).outcome(NOW)?.state).toBe('proposed');
    const sure = { ...apart, trust: ['sure', 'sure'] as const };
    expect(ballot(sure, apart).outcome(NOW)?.state).toBe('proposed');
    expect(ballot(sure, sure).outcome(NOW)).toEqual({ state: 'read', lines });
  });

  test('each line is vouched for by itself', () => {
    const doubted = { ...seen, by: 'glyphs' as const, trust: ['sure', 'doubted'] as const };
    expect(ballot(doubted, { ...doubted, by: 'lines', trust: ['sure', 'vouched'] }).outcome(NOW)).toEqual({ state: 'read', lines });
    expect(ballot(doubted, { ...doubted, by: 'lines', trust: ['doubted', 'vouched'] }).outcome(NOW)?.state).toBe('proposed');
  });

  test('whole lines are wanted where a frame gave nothing, and of what is doubted', () => {
    const sure: Reading = { ...seen, by: 'glyphs', trust: ['sure', 'sure'] };
    const box = new Ballot();
    expect(box.wanted).toEqual({ zone: false, doubts: false });
    box.add(null);
    expect(box.wanted).toEqual({ zone: true, doubts: false });
    box.add(sure);
    expect(box.wanted).toEqual({ zone: false, doubts: false });
    box.add({ ...sure, trust: ['doubted', 'sure'] });
    expect(box.wanted).toEqual({ zone: false, doubts: true });
  });

  test('a name read in two ways is no agreement, until one of them leads clearly', () => {
    expect(ballot(seen, otherName).outcome(NOW)?.state).toBe('proposed');
    expect(ballot(seen, otherName, seen).outcome(NOW)).toEqual({ state: 'read', lines });
    expect(ballot(seen, otherName, seen, otherName).outcome(NOW)?.state).toBe('proposed');
  });

  test('a wrong check digit is never outvoted, however often it is seen', () => {
    expect(ballot(misread, misread, misread).outcome(NOW)).toEqual({ state: 'proposed', lines: misread.lines });
    expect(ballot(misread, seen, misread, seen).outcome(NOW)).toEqual({ state: 'read', lines });
  });

  test('nothing seen is nothing', () => {
    expect(ballot().outcome(NOW)).toBeNull();
  });
});

describe('lines brought to a width', () => {
  const lines = [NAME, BODY];

  test('only fillers are counted anew', () => {
    expect(readingOf([lines[0]!.slice(0, -2), lines[1]!], NOW)).toEqual({ lines, isValid: true, by: 'lines', trust: ['vouched', 'vouched'] });
    expect(readingOf([`${lines[0]}<`, lines[1]!.replace('<<<<<', '<<<<')], NOW)).toEqual({ lines, isValid: true, by: 'lines', trust: ['vouched', 'vouched'] });
  });

  test('a character taken for another stays as it was seen, and the zone is not valid', () => {
    const read = readingOf([lines[0]!, lines[1]!.replace('7408122', 'T408122')], NOW);
    expect(read).toEqual({ lines: [lines[0], lines[1]!.replace('7408122', 'T408122')], isValid: false, by: 'lines', trust: ['vouched', 'vouched'] });
  });

  test('what is no zone is nothing', () => {
    expect(readingOf(['HELLO', 'WORLD'], NOW)).toBeNull();
    expect(readingOf(lines.slice(0, 1), NOW)).toBeNull();
    expect(readingOf([lines[1]!, lines[0]!], NOW)?.isValid ?? false).toBe(false);
  });
});
