/** Tesseract, with a model for the characters of zones alone; both are our own files. Reads one straight line at a time. */
import { createOCREngine } from 'tesseract-wasm';
import type { Grey } from './grey';
import type { ReadLine } from './reader';

const ONE_LINE = '13';

export async function makeEngine(wasmBinary: ArrayBuffer, model: ArrayBuffer): Promise<ReadLine> {
  const engine = await createOCREngine({ wasmBinary });
  engine.setVariable('tessedit_pageseg_mode', ONE_LINE);
  engine.setVariable('user_defined_dpi', '300'); // else it estimates one for each line, and says so
  engine.loadModel(model);
  return (strip) => {
    engine.loadImage(imageOf(strip));
    const text = engine.getText();
    engine.clearImage();
    return text;
  };
}

function imageOf({ width, height, data }: Grey): ImageData {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < data.length; at += 1) rgba.fill(data[at]!, at * 4, at * 4 + 3);
  return { data: rgba, width, height, colorSpace: 'srgb' } as ImageData;
}
