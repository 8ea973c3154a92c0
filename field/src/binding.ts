import { toHex, utf8 } from './bytes';
import { hmac, refer, subkey } from './keys';
import type { Content, PointDayKey } from './values';

/** The six bytes that bind a document to a pass; hex. Birth date as the machine-readable zone prints it. */
export async function bindingTag(number: string, birth: string, key: PointDayKey): Promise<string> {
  const plain = number.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  return toHex((await hmac(await subkey(key, 'bind'), utf8(`${plain}\x1f${birth}`))).subarray(0, 6));
}

/** Whose document it is: places among the members of a pass, none if it is of nobody on it. */
export async function bindDocument(content: Content, number: string, birth: string, keys: PointDayKey[]): Promise<number[]> {
  const tags = new Set<string>();
  for (const key of keys) {
    if ((await refer('point', key.point)) === content.point) tags.add(await bindingTag(number, birth, key));
  }
  return content.members.flatMap((member, place) => (member.tags.some((tag) => tags.has(tag)) ? [place] : []));
}
