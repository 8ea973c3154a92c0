/** The reader of characters and its model: our own files, fetched when a document is first read, and kept by the service worker. */
import wasm from '../../../node_modules/tesseract-wasm/dist/tesseract-core.wasm?url';
import model from '../../model/mrz.traineddata?url';
import { makeEngine } from './engine';
import type { ReadLine } from './reader';

const bytes = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();

export async function loadEngine(): Promise<ReadLine> {
  const [one, two] = await Promise.all([bytes(wasm), bytes(model)]);
  return makeEngine(one, two);
}
