import { expect, test } from 'vitest';
import { parseMrz } from './mrz/read';
import { isFitting, paperRead, paperTyped, type TypedPaper } from './paper';

const now = new Date('2021-08-20T12:00:00Z');
const passport: TypedPaper = {
  kind: 'passport', issuer: 'uto', number: 'L898902C3', numberDigit: '6', nationality: 'UTO', birth: '740812', birthDigit: '2',
  sex: 'f', expires: '250415', expiresDigit: '5',
};

test('each digit is checked while it is typed', () => {
  expect(isFitting('L898902C3', '6', 9)).toBe(true);
  expect(isFitting('L898902C3', '7', 9)).toBe(false);
  expect(isFitting('L898902C3', '', 9)).toBeNull();
  expect(isFitting('d2314589', '2', 9)).toBe(isFitting('D2314589<', '2', 9));
});

test('typed and read, a document says the same', () => {
  const read = parseMrz(['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'], now);
  const typed = paperTyped({ ...passport, expires: '120415', expiresDigit: '9' }, now);
  expect(paperRead(read, now)).toEqual(typed);
  expect(typed.remarks).toEqual(['expired']);
});

test('what an officer has to know is said: expired, of a child, a visa, foreign, digits that do not fit', () => {
  expect(paperTyped(passport, now)).toMatchObject({ remarks: [], ageYears: 47, issuer: 'UTO', sex: 'f' });
  expect(paperTyped({ ...passport, expiresDigit: '0' }, now).remarks).toEqual(['unchecked']);
  expect(paperTyped({ ...passport, birth: '090101', birthDigit: '5' }, now).remarks).toContain('ofChild');
  expect(paperTyped({ ...passport, kind: 'visa', nationality: 'AFG' }, now).remarks).toEqual(['visaOnly']);
  expect(paperTyped({ ...passport, nationality: 'AFG' }, now).remarks).toEqual(['foreign']);
});

test('ages by the day, and of who is older than a century of two digits', () => {
  const age = (birth: string) => paperTyped({ ...passport, birth }, now).ageYears;
  expect([age('210820'), age('210821'), age('030820'), age('030821'), age('90<<<<'), age('<<<<<<')]).toEqual([0, 99, 18, 17, 31, null]);
});
