import type {TopLevelSpec} from "vega-lite";
import {areaPath, linePath, placesOf, type Rows, xScale, yScale} from "./plain-lines.ts";
import {symbolPath} from "./plain-symbols.ts";
import {
  dayChannel,
  framed,
  lineLayer,
  ruleLayer,
  splitAtZero,
  textLayer,
  tileLayer,
  valueChannel
} from "./spec-parts.ts";
import {fontFamily, palette} from "./theme.ts";

/**
 * Draws a specification that is made of the parts of `spec-parts.ts` and nothing else, as Vega would: they say
 * everything themselves, so that no dataflow is needed, which takes ten times as long. Each part is recognised as a
 * whole; of one that holds anything more nothing is drawn.
 *
 * @returns Null of a specification that holds any other part: it is Vega's.
 */
export function plainSvg(spec: TopLevelSpec): string | null {
  const {width, height, padding, layer, data, ...rest} = spec as unknown as Framed;
  if (JSON.stringify(rest) !== frameRest) return null;
  const {left, top, right, bottom} = padding;
  const drawn = layer.map((one) => layerSvg(one, {width, rows: data?.values ?? []}));
  if (drawn.includes(null)) return null;
  const [across, down] = [left + width + right, top + height + bottom];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${across}" height="${down}" ` +
    `viewBox="0 0 ${across} ${down}"><rect width="${across}" height="${down}" fill="${palette.paper}"/>` +
    `<g fill="none" font-family="${fontFamily}" transform="translate(${left},${top})">${drawn.join("")}</g></svg>`
  );
}

interface Framed {
  readonly width: number;
  readonly height: number;
  readonly padding: Readonly<Record<"left" | "top" | "right" | "bottom", number>>;
  readonly layer: readonly unknown[];
  readonly data?: {readonly values: Rows};
}

const frameRest = (() => {
  const noFrame = {left: 0, top: 0, right: 0, bottom: 0, width: 0, height: 0};
  const {width, height, padding, layer, ...rest} = framed(noFrame, []) as unknown as Framed;
  return JSON.stringify(rest);
})();

/** What a layer finds around itself. */
interface Surroundings {
  /** Of the frame, px. */
  readonly width: number;
  /** Of layers without their own. */
  readonly rows: Rows;
}

interface Part {
  readonly data?: {readonly values: Rows};
  readonly mark?: Readonly<Record<string, unknown>>;
  readonly encoding?: Readonly<Record<string, unknown>>;
  readonly layer?: readonly unknown[];
  readonly resolve?: unknown;
  readonly transform?: unknown;
}

function layerSvg(layer: unknown, around: Surroundings): string | null {
  const {data, mark, encoding, layer: inner, resolve, transform, ...unknown} = layer as Part;
  if (Object.keys(unknown).length > 0) return null;
  const rows = data?.values ?? around.rows;
  if (inner !== undefined) {
    const isPlain = mark === undefined && encoding === undefined && (resolve === undefined || isShared(resolve));
    const transformed = transform === undefined ? rows : splitRows(rows, transform);
    if (!isPlain || transformed === null) return null;
    const drawn = inner.map((one) => layerSvg(one, {...around, rows: transformed}));
    return drawn.includes(null) ? null : drawn.join("");
  }
  if (mark === undefined || encoding === undefined || resolve !== undefined || transform !== undefined) return null;
  return markSvg(mark, encoding, rows, around.width);
}

function isShared(resolve: unknown): boolean {
  return same(resolve, {scale: {y: "shared"}});
}

function splitRows(rows: Rows, transform: unknown): Rows | null {
  if (!same(transform, splitAtZero("difference"))) return null;
  return rows.flatMap((row) => {
    const {difference} = row;
    return typeof difference !== "number"
      ? []
      : [{...row, above: Math.max(difference, 0), below: Math.min(difference, 0)}];
  });
}

type Encoding = Readonly<Record<string, unknown>>;

/** What is drawn in px says the same of each mark; the look of a layer as a whole may differ. */
function markSvg(mark: Readonly<Record<string, unknown>>, encoding: Encoding, rows: Rows, width: number) {
  const {strokeDash, stroke, strokeWidth, ...rest} = mark;
  const dash = Array.isArray(strokeDash) ? ` stroke-dasharray="${strokeDash.join(",")}"` : "";
  const line = `stroke="${stroke}" stroke-width="${strokeWidth}" stroke-linejoin="round"${dash}`;
  if (same(encoding, known.text.encoding)) return same(mark, known.text.mark) ? texts(rows) : null;
  if (same(encoding, known.symbol.encoding)) return same(mark, known.symbol.mark) ? symbols(rows) : null;
  if (same(encoding, known.rule.encoding)) {
    return stroke === undefined && same({...rest, strokeWidth}, known.rule.mark) ? rules(rows, dash) : null;
  }
  if (same(encoding, known.line.encoding)) {
    return same(rest, known.line.mark) ? path(runsOf(rows).map(linePath).join(""), line) : null;
  }
  return courseSvg(mark, encoding, rows, width, line);
}

const known = (() => {
  const parts = {text: textLayer([]), symbol: tileLayer([]), rule: ruleLayer([]), line: lineLayer([], {} as never)};
  return parts as unknown as Readonly<Record<keyof typeof parts, {readonly mark: object; readonly encoding: object}>>;
})();

/** Lines and areas over days and values, of which the specification holds the scales. */
function courseSvg(
  mark: Readonly<Record<string, unknown>>,
  {x, y, y2, ...more}: Encoding,
  rows: Rows,
  width: number,
  line: string
): string | null {
  const [days, values] = [x, y] as [ReturnType<typeof dayChannel>, ReturnType<typeof valueChannel>];
  const [from, to] = days?.scale?.domain ?? [];
  const {domain: [low, high] = [], range: [bottom, top] = []} = values?.scale ?? {};
  if (from === undefined || to === undefined || Object.keys(more).length > 0) return null;
  if (low === undefined || high === undefined || bottom === undefined || top === undefined) return null;
  if (!same(x, dayChannel([from, to]))) return null;
  if (!same(y, valueChannel(values.field, [low, high], [top, bottom]))) return null;
  const place = {x: xScale(from, to, width), y: yScale([low, high], [bottom, top])};
  const places = () => placesOf(rows, values.field, place);
  const {color, strokeDash, stroke, strokeWidth, ...rest} = mark;
  if (y2 === undefined && same(rest, {type: "line", order: false, strokeJoin: "round"}) && color === undefined) {
    return path(places().map(linePath).join(""), line);
  }
  const isArea = same(rest, {type: "area", order: false, opacity: 0.3}) && same(y2, {datum: 0});
  if (!isArea || strokeDash !== undefined || stroke !== undefined || strokeWidth !== undefined) return null;
  const area = places().map((run) => areaPath(run, place.y(0)));
  return path(area.join(""), `fill="${color}" opacity="0.3"`);
}

/** Runs of a line in px, each in the order of its places across. */
function runsOf(rows: Rows): {x: number; y: number}[][] {
  const runs = new Map<unknown, {x: number; y: number}[]>();
  for (const {run, x, y} of rows as readonly {readonly run: string; readonly x: number; readonly y: number}[]) {
    const known = runs.get(run);
    if (known === undefined) runs.set(run, [{x, y}]);
    else known.push({x, y});
  }
  return [...runs.values()].map((run) => run.sort((a, b) => a.x - b.x));
}

const anchors: Readonly<Record<string, string>> = {
  left: "",
  center: ' text-anchor="middle"',
  right: ' text-anchor="end"'
};

function texts(rows: Rows): string {
  return rows
    .map(({x, y, text, size, weight, colour, align}) => {
      const place = `transform="translate(${x},${y})"${anchors[String(align)] ?? ""}`;
      return `<text ${place} font-size="${size}px" font-weight="${weight}" fill="${colour}">${escaped(String(text))}</text>`;
    })
    .join("");
}

function rules(rows: Rows, dash: string): string {
  return merged(rows, ({colour, width, x, y, x2, y2}) => [
    `stroke="${colour}" stroke-width="${width}"${dash}`,
    `M${x},${y}L${x2},${y2}`
  ]);
}

function symbols(rows: Rows): string | null {
  const paths = rows.map(({path: outline, size}) => symbolPath(String(outline), Number(size)));
  if (paths.includes(null)) return null;
  return merged(rows, ({colour, x, y}, index) => [`fill="${colour}"`, `M${x},${y}${paths[index]}`]);
}

/** Marks that follow each other and look the same are one path: a calendar has hundreds. */
function merged(rows: Rows, markOf: (row: Rows[number], index: number) => readonly [look: string, d: string]): string {
  const paths: string[] = [];
  let current = "";
  let d = "";
  for (const [index, row] of rows.entries()) {
    const [look, part] = markOf(row, index);
    if (look !== current) {
      paths.push(path(d, current));
      [current, d] = [look, ""];
    }
    d += part;
  }
  return [...paths, path(d, current)].join("");
}

function path(d: string, look: string): string {
  return d === "" ? "" : `<path d="${d}" ${look}/>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Whether two parts of a specification say the same, whatever the order of their names. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
