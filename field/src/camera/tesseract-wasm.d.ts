/** The package's own types are hidden by its `exports`: what we use of it. */
declare module 'tesseract-wasm' {
  export interface OCREngine {
    setVariable(name: string, value: string): void;
    loadModel(model: ArrayBuffer): void;
    loadImage(image: ImageData): void;
    clearImage(): void;
    getText(): string;
  }
  export function createOCREngine(options: { wasmBinary: ArrayBuffer }): Promise<OCREngine>;
}
