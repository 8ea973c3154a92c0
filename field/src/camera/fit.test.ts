import { expect, test } from 'vitest';
import { readingOf } from './fit';

const NOW = new Date('2026-08-14T00:00:00Z');
const NAME = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
const BODY = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
const seen = (name: string, body: string): unknown => readingOf([name, body], NOW);

test('a zone as it stands', () => expect(seen(NAME, BODY)).toMatchObject({ lines: [NAME, BODY], isValid: true, by: 'lines' }));

test('letters where digits alone may stand are the digits that they are drawn like', () => {
  expect(seen(NAME, 'L898902C36UTO74O8I22F12O4159ZE184226B<<<<<1O')).toMatchObject({ lines: [NAME, BODY], isValid: true, by: 'lines' });
});

test('an O in a number that fails its check digit is a zero', () => {
  expect(seen(NAME, BODY.replace('L898902', 'L8989O2'))).toMatchObject({ lines: [NAME, BODY], isValid: true, by: 'lines' });
});

test('a letter of the name is never changed, nor anything else where letters may stand', () => {
  expect(seen(NAME.replace('ANNA', 'ANN4'), BODY)).toMatchObject({ isValid: false });
  expect(seen(NAME, BODY.replace('L898902', 'L89890Z'))).toMatchObject({ isValid: false });
});

test('a state that would be a known one but for a sign is doubted, for no check digit stands by it', () => {
  expect(seen(NAME.replace('UTO', 'VTO'), BODY)).toMatchObject({ isValid: false });
  expect(seen(NAME, BODY.replace('UTO', 'MLD'))).toMatchObject({ isValid: false });
});

test('only what specks are read as is left off at the ends: a sign too many within a line moves no other out', () => {
  expect(seen(`${NAME}<`, `1${BODY}I`)).toMatchObject({ lines: [NAME, BODY], isValid: true });
  const td2 = ['I<UTOQADERZAI<<FARIDOON<<<<<<<<<<<<<', 'P6WW39N23J3D<<6801243M3111161<<<<<<<2'];
  expect(readingOf(td2, NOW)?.isValid ?? false).toBe(false); // without its P every check digit would hold
});

test('a filler read as a zero is doubted, for no check digit tells the two apart', () => {
  const td1 = ['I<AFGGAU02EJHN9<<<<<<<<<<<<<<<', '5808120<2905246UTO<<<<<<<<<<<6', 'OUBADA<<MIRWAIS<<<<<<<<<<<<<<<'];
  expect(readingOf(td1, NOW)).toMatchObject({ lines: td1, isValid: true });
  expect(readingOf([td1[0]!, td1[1]!.replace('UTO<', 'UTO0'), td1[2]!], NOW)).toMatchObject({ isValid: false });
  const visa = ['VCPOLKOWALSKA<KWIATKOWSKA<<BEATA<<<<', 'PL00000008POL6002084F0505011<<<<<<<0']; // a printed one, at the end
  expect(readingOf(visa, NOW)).toMatchObject({ lines: visa, isValid: true });
});
