import { describe, expect, test } from 'vitest';
import vectors from '../../../spec/vectors/mrz-v1.json';
import { NotAnMrzError } from '../problems';
import { checkDigit } from './layout';
import { isRight, type Mrz, parseMrz, type PartialDate } from './read';
import { applyRepairs } from './repair';

const now = new Date(vectors.now);
const told = (date: PartialDate | null): unknown => date && [date.first, date.last, date.precision];

function summary(mrz: Mrz): unknown {
  return {
    format: mrz.format, document_code: mrz.documentCode, issuer: mrz.issuer, surname: mrz.surname, given: mrz.given,
    number: mrz.number, nationality: mrz.nationality, sex: mrz.sex, birth: told(mrz.birth), expires: told(mrz.expires),
    optional: mrz.optional, is_valid: mrz.isValid, is_name_cut: mrz.isNameCut,
    wrong: mrz.checks.filter((check) => !isRight(check)).map((check) => check.field),
    repairs: mrz.repairs.map(({ field, isChecked, changes }) =>
      [field, isChecked, changes.map(({ line, column, found, proposed }) => [line, column, found, proposed])]),
  };
}

function read(lines: string[]): unknown {
  try {
    return summary(parseMrz(lines, now));
  } catch (error) {
    if (error instanceof NotAnMrzError) return { error: error.code };
    throw error;
  }
}

describe('every zone of the vectors', () => {
  test.each(vectors.zones.map((zone) => [zone.name, zone] as const))('%s', (_name, { lines, expect: expected }) => {
    expect(read(lines)).toEqual(expected);
  });
});

test('check digits', () => {
  for (const [text, digit] of vectors.check_digits) expect(checkDigit(text!)).toBe(digit);
});

test('there are enough vectors', () => {
  expect(vectors.zones.length).toBeGreaterThanOrEqual(300);
});

test('a repair that a person chose makes the zone right', () => {
  const broken = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F12O4159ZE184226B<<<<<10'];
  const mrz = parseMrz(broken, now);
  expect(mrz.isValid).toBe(false);
  expect(parseMrz(applyRepairs(mrz.lines, [mrz.repairs[0]!]), now).isValid).toBe(true);
});
