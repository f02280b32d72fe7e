import {readXml} from "./xml-events.ts";

/** Number formats that are days by their number alone; 27 to 36 and 50 to 58 are those of East Asia. */
const dayFormats: readonly (readonly [from: number, to: number])[] = [
  [14, 17],
  [22, 22],
  [27, 31],
  [36, 36],
  [50, 54],
  [57, 58]
];
const timeFormats: readonly (readonly [from: number, to: number])[] = [
  [18, 21],
  [32, 35],
  [45, 45],
  [47, 47],
  [55, 56]
];

/** How the numbers of a style are meant, by its number. */
export async function dateStyles(
  part: string,
  bytes: AsyncIterable<Buffer>
): Promise<(style: number) => "day" | "time" | null> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCells = false;
  await readXml(part, bytes, {
    open: (name, {numFmtId, formatCode}) => {
      if (name === "numFmt") codes.set(Number(numFmtId), formatCode ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) formats.push(Number(numFmtId ?? 0));
    },
    text: () => {},
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    }
  });
  const kinds = formats.map((id) => {
    const code = codes.get(id);
    if (code !== undefined) return kindOfFormat(code);
    const within = (ranges: typeof dayFormats) => ranges.some(([from, to]) => id >= from && id <= to);
    return within(dayFormats) ? "day" : within(timeFormats) ? "time" : null;
  });
  return (style) => kinds[style] ?? null;
}

/**
 * What a number format makes of a number: a day where it shows a year, a month or a day; a time of day where it shows
 * only hours or seconds. Hours that count beyond a day, `[h]:mm`, are a duration, which is a number.
 */
export function kindOfFormat(code: string): "day" | "time" | null {
  const first = code.replace(/"[^"]*"|\\.|[_*]./g, "").split(";")[0] ?? "";
  if (/\[(h+|m+|s+)\]/i.test(first)) return null;
  const shown = first.replace(/\[[^\]]*\]/g, "").replace(/general/gi, "");
  if (/[yd]/i.test(shown)) return "day";
  if (/[hs]/i.test(shown)) return "time";
  return /m/i.test(shown) ? "day" : null;
}
