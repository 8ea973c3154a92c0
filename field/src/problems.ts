/** What a reader raises; the code is that of the verdict (spec/pass-v1.md, section 4). */
export type ReadingCode = 'unreadable' | 'unknown-key' | 'bad-signature';

export class ReadingError extends Error {
  constructor(readonly code: ReadingCode) {
    super(code);
  }
}

/** Lines that are no machine-readable zone of any format. */
export class NotAnMrzError extends Error {
  readonly code = 'not-an-mrz';
}
