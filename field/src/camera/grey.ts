/** Pictures in grey, as the reader of documents uses them: made, made smaller, lit evenly. Nothing here keeps one. */
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

/** From four bytes a pixel, as a canvas gives them. */
export function greyOf(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): Grey {
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 4) {
    data[at] = (rgba[from]! * 77 + rgba[from + 1]! * 151 + rgba[from + 2]! * 28) >> 8;
  }
  return { width, height, data };
}

/** Made smaller by averaging, so that its longer side is at most `side`; the picture itself if it is small enough. */
export function shrunk(picture: Grey, side: number): Grey {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const data = new Uint8Array(width * height);
  const sums = sumsOf(picture);
  const stride = picture.width + 1;
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.floor((y * picture.height) / height), Math.max(1, Math.floor(((y + 1) * picture.height) / height))];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.floor((x * picture.width) / width), Math.max(1, Math.floor(((x + 1) * picture.width) / width))];
      const sum = sums[bottom * stride + right]! - sums[top * stride + right]! - sums[bottom * stride + left]! + sums[top * stride + left]!;
      data[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data };
}

/** Turned by a quarter, clockwise. */
export function turned({ width, height, data }: Grey): Grey {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) out[x * height + (height - 1 - y)] = data[y * width + x]!;
  return { width: height, height: width, data: out };
}

/** Turned by an eighth, clockwise; the corners that come in are filled with the edge's grey. */
export function diagonal(picture: Grey): Grey {
  const side = Math.ceil((picture.width + picture.height) * Math.SQRT1_2);
  const data = new Uint8Array(side * side);
  for (let y = 0, at = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1, at += 1) {
      const [u, v] = [(x - side / 2) * Math.SQRT1_2, (y - side / 2) * Math.SQRT1_2];
      data[at] = sample(picture, u + v + picture.width / 2, v - u + picture.height / 2);
    }
  }
  return { width: side, height: side, data };
}

/** Sums over the rectangles from the corner: (width + 1) × (height + 1), of up to sixteen million pixels. */
export function sumsOf({ width, height, data }: Grey): Uint32Array {
  const stride = width + 1;
  const sums = new Uint32Array(stride * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  return sums;
}

/** Means over squares of `2 × reach + 1` pixels. */
export function meansOf(picture: Grey, reach: number): Float32Array {
  const { width, height } = picture;
  const [sums, stride] = [sumsOf(picture), width + 1];
  const means = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const [above, below] = [top * stride, bottom * stride];
    for (let x = 0; x < width; x += 1, at += 1) {
      const left = x > reach ? x - reach : 0;
      const right = x + reach < width ? x + reach + 1 : width;
      means[at] = (sums[below + right]! - sums[above + right]! - sums[below + left]! + sums[above + left]!) / ((bottom - top) * (right - left));
    }
  }
  return means;
}

/** The grey value between pixels; the edge goes on outside. */
export function sample({ width, height, data }: Grey, x: number, y: number): number {
  const [cx, cy] = [Math.min(Math.max(x, 0), width - 1.001), Math.min(Math.max(y, 0), height - 1.001)];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [dx, dy] = [cx - left, cy - top];
  const at = top * width + left;
  const upper = data[at]! * (1 - dx) + data[at + 1]! * dx;
  const lower = data[at + width]! * (1 - dx) + data[at + width + 1]! * dx;
  return upper * (1 - dy) + lower * dy;
}
