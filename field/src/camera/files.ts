/** The reader of characters and its model: our own files, fetched when a document is first read, and kept by the service worker. */
import wasm from '../../../node_modules/tesseract-wasm/dist/tesseract-core.wasm?url';
import model from '../../model/mrz.traineddata?url';
import glyphs from '../../model/glyphs.bin?url';
import { makeEngine } from './engine';
import { glyphModelOf } from './glyphs';
import type { Readers } from './reader';

const bytes = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();

/** Single characters can be read at once; the reader of whole lines is some hundred times larger, and comes when it comes. */
export async function loadReaders(): Promise<Readers> {
  const readers: Readers = { glyphs: glyphModelOf(await bytes(glyphs)), line: null };
  readers.whole = Promise.all([bytes(wasm), bytes(model)]).then(async ([one, two]) => {
    readers.line = await makeEngine(one, two);
  });
  return readers;
}
