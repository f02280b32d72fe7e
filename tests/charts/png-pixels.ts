import {inflateSync} from "node:zlib";

/** A picture read back from its PNG, without the library that wrote it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The colour at a pixel as "#rrggbb"; its transparency after it, where it has any. */
  readonly at: (x: number, y: number) => string;
}

/** Reads a PNG of 8 bits a channel with red, green, blue and alpha, not interlaced. */
export function readPng(png: Uint8Array): Picture {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes.subarray(24, 29).join() !== "8,6,0,0,0") throw new Error("a PNG of another kind");
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
    }
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(parts)), width * 4, height);
  return {
    width,
    height,
    at: (x, y) => {
      const colour = pixels.toString("hex", (y * width + x) * 4, (y * width + x) * 4 + 4);
      return `#${colour.endsWith("ff") ? colour.slice(0, 6) : colour}`;
    }
  };
}

/** Undoes what each line is written by: as it is, or as the difference from its left, upper, mean or Paeth neighbour. */
function unfiltered(data: Buffer, stride: number, height: number): Buffer {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : pixels[y * stride + x - 4]!;
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + x]!;
      const corner = x < 4 || y === 0 ? 0 : pixels[(y - 1) * stride + x - 4]!;
      const near = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter!]!;
      pixels[y * stride + x] = data[y * (stride + 1) + 1 + x]! + near;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
