import { expect, test } from 'vitest';
import { isLikelyState } from './states';

test.each(['AFG', 'USA', 'D', 'GBR', 'UTO', 'XXA', 'MLI', 'NLD'])('%s is a code', (code) => expect(isLikelyState(code)).toBe(true));

test.each(['MLD', 'AFC', 'OEU', 'DK', 'CAM', 'VTO'])('%s would be one but for a single character', (code) => {
  expect(isLikelyState(code)).toBe(false);
});

test('what is like no code may be a specimen of somewhere', () => expect(isLikelyState('BDR')).toBe(true));
