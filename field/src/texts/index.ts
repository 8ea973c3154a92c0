/** Every text of the phone, by language. */
import { en } from './en';
import { faAF } from './fa';
import { ps } from './ps';
import type { Language, Texts } from './shape';

export { type Language, LANGUAGES, type Texts } from './shape';

export const TEXTS: Record<Language, Texts> = { en, 'fa-AF': faAF, ps };
