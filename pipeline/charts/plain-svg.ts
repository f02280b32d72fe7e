import type {TopLevelSpec} from "vega-lite";
import type {Point} from "./placement.ts";
import {drawArea, drawLine, placesOf, type Rows, xScale, yScale} from "./plain-lines.ts";
import {newPen, type Pen, placeOf} from "./plain-paths.ts";
import {drawSymbol} from "./plain-symbols.ts";
import {
  dayChannel,
  framed,
  type LinePoint,
  lineLayer,
  type RuleItem,
  ruleLayer,
  type SymbolItem,
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
  if (same(encoding, known.symbol.encoding))
    return same(mark, known.symbol.mark) ? symbols(rows as unknown as readonly SymbolItem[]) : null;
  if (same(encoding, known.rule.encoding)) {
    return stroke === undefined && same({...rest, strokeWidth}, known.rule.mark)
      ? rules(rows as unknown as readonly RuleItem[], dash)
      : null;
  }
  if (same(encoding, known.line.encoding)) {
    return same(rest, known.line.mark) ? path(drawn(runsOf(rows), drawLine), line) : null;
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
    return path(drawn(places(), drawLine), line);
  }
  const isArea = same(rest, {type: "area", order: false, opacity: 0.3}) && same(y2, {datum: 0});
  if (!isArea || strokeDash !== undefined || stroke !== undefined || strokeWidth !== undefined) return null;
  return path(
    drawn(places(), (pen, run) => drawArea(pen, run, place.y(0))),
    `fill="${color}" opacity="0.3"`
  );
}

/** The data of a path through runs. */
function drawn(runs: readonly (readonly Point[])[], draw: (pen: Pen, run: readonly Point[]) => void): string {
  const pen = newPen();
  for (const run of runs) draw(pen, run);
  return pen.data();
}

/** Runs of a line in px, each in the order of its places across. */
function runsOf(rows: Rows): Point[][] {
  const runs = new Map<string, Point[]>();
  for (const {run, x, y} of rows as unknown as readonly LinePoint[]) {
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

/** Texts of one look stand together, so that it is said once. */
function texts(rows: Rows): string {
  const looks = new Map<string, string>();
  for (const {x, y, text, size, weight, colour, align} of rows) {
    const look = `font-size="${size}" font-weight="${weight}" fill="${colour}"${anchors[String(align)] ?? ""}`;
    looks.set(look, `${looks.get(look) ?? ""}<text x="${x}" y="${y}">${escaped(String(text))}</text>`);
  }
  return [...looks].map(([look, own]) => `<g ${look}>${own}</g>`).join("");
}

function rules(rows: readonly RuleItem[], dash: string): string {
  const looks = rows.map(({colour, width}) => `stroke="${colour}" stroke-width="${width}"${dash}`);
  return merged(looks, (pen, index) => {
    const {x, y, x2, y2} = rows[index]!;
    pen.moveTo(placeOf(x), placeOf(y));
    pen.lineTo(placeOf(x2), placeOf(y2));
  });
}

function symbols(rows: readonly SymbolItem[]): string | null {
  let isPlain = true;
  const looks = rows.map(({colour}) => `fill="${colour}"`);
  const paths = merged(looks, (pen, index) => {
    const {path: outline, size, x, y} = rows[index]!;
    isPlain &&= drawSymbol(pen, outline, size, x, y);
  });
  return isPlain ? paths : null;
}

/**
 * Marks that follow each other and look the same are one path: a calendar has hundreds.
 *
 * @param looks Of each mark.
 */
function merged(looks: readonly string[], draw: (pen: Pen, index: number) => void): string {
  let paths = "";
  let pen = newPen();
  for (const [index, look] of looks.entries()) {
    draw(pen, index);
    if (looks[index + 1] === look) continue;
    paths += path(pen.data(), look);
    pen = newPen();
  }
  return paths;
}

function path(d: string, look: string): string {
  return d === "" ? "" : `<path d="${d}" ${look}/>`;
}

function escaped(text: string): string {
  if (!/[&<>]/.test(text)) return text;
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
