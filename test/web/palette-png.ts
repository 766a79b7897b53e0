import { crc32, deflateSync, inflateSync } from 'node:zlib';

const MOST_COLOURS = 256;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row by row, a number of 24 bits each. */
  readonly pixels: Uint32Array;
}

/** A screenshot with a palette of 256 colours: a third of its size, and no difference to the eye. */
export function toPalette(png: Buffer): Buffer {
  const picture = decode(png);
  const { palette, indexOf } = choosePalette(picture.pixels);
  const { width, height } = picture;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(picture.pixels[y * width + x] ?? 0) ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Reads a PNG as browsers write them: 8 bits a channel, with or without alpha, not interlaced. */
function decode(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const size = { 2: 3, 6: 4 }[png[25] ?? 0];
  if (size === undefined || png[24] !== 8 || png[28] !== 0) throw new Error('this is no PNG as browsers write them');
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * size, size);
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = bytes.readUIntBE(at * size, 3);
  return { width, height, pixels };
}

/** Undoes the filter of each row: https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(raw: Buffer, stride: number, size: number): Buffer {
  const rows = raw.length / (stride + 1);
  const out = Buffer.alloc(rows * stride);
  for (let y = 0; y < rows; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < size ? 0 : (out[at - size] ?? 0);
      const up = y === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < size || y === 0 ? 0 : (out[at - stride - size] ?? 0);
      out[at] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, { left, up, corner })) & 0xff;
    }
  }
  return out;
}

function predicted(filter: number, { left, up, corner }: { left: number; up: number; corner: number }): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [left, up, corner].map((near) => Math.abs(guess - near));
  if ((byLeft ?? 0) <= (byUp ?? 0) && (byLeft ?? 0) <= (byCorner ?? 0)) return left;
  return (byUp ?? 0) <= (byCorner ?? 0) ? up : corner;
}

/** Cuts the colours at the median of the widest channel again and again, until there are as many boxes as places. */
function choosePalette(pixels: Uint32Array): { palette: number[]; indexOf: Map<number, number> } {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const boxes = [boxOf([...counts.keys()])];
  while (boxes.length < Math.min(MOST_COLOURS, counts.size)) {
    boxes.sort((a, b) => a.worth - b.worth);
    const { colours, channel } = boxes.pop() ?? boxOf([]);
    colours.sort((a, b) => (channels(a)[channel] ?? 0) - (channels(b)[channel] ?? 0));
    const middle = colours.length >> 1;
    boxes.push(boxOf(colours.slice(0, middle)), boxOf(colours.slice(middle)));
  }
  const indexOf = new Map(boxes.flatMap(({ colours }, index) => colours.map((colour) => [colour, index] as const)));
  return { palette: boxes.map(({ colours }) => commonest(colours, counts)), indexOf };
}

interface Box {
  readonly colours: number[];
  /** In which it is widest. */
  readonly channel: number;
  /** How much is gained by cutting it. */
  readonly worth: number;
}

function boxOf(colours: number[]): Box {
  const wide = [0, 1, 2].map((channel) => {
    const values = colours.map((colour) => channels(colour)[channel] ?? 0);
    return values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255);
  });
  const widest = Math.max(...wide);
  return { colours, channel: wide.indexOf(widest), worth: widest * Math.sqrt(colours.length) };
}

/** Flat areas keep their very colour: they are what the eye compares. */
function commonest(box: readonly number[], counts: ReadonlyMap<number, number>): number {
  return box.reduce((best, colour) => ((counts.get(colour) ?? 0) > (counts.get(best) ?? 0) ? colour : best));
}

function channels(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
