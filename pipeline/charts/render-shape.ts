import type {TopLevelSpec} from "vega-lite";

type Row = Readonly<Record<string, unknown>>;

/**
 * A specification parted into its shape, which decides how it is compiled, and what fills it: rows of data, the size of
 * the picture, ends of scales and ticks. A quarter's charts are some hundred, their shapes a dozen.
 */
export interface ShapedSpec {
  /** The specification as JSON with names in the places of what fills it: whatever stays in it is part of the shape. */
  readonly shape: string;
  /** By name of the Vega signal. */
  readonly signals: ReadonlyMap<string, unknown>;
  /** By name of the data. */
  readonly data: ReadonlyMap<string, readonly Row[]>;
}

/** Stand for the size in a shape: numbers that no chart has by chance, so that they are found again or missed. */
export const sizePlaceholders = {width: 1234567.25, height: 7654321.25} as const;

const sides = ["top", "bottom", "left", "right"] as const;

/** Parts a specification. What it does not know stays in the shape, where it can do no harm: it only compiles more often. */
export function shapeOf(spec: TopLevelSpec): ShapedSpec {
  const signals = new Map<string, unknown>();
  const data = new Map<string, readonly Row[]>();
  const names = new Map<string, string>();
  /** Layers that share a scale must go on saying the same: equal values have one name. */
  const nameOf = (kind: string, value: unknown): string => {
    const key = `${kind} ${JSON.stringify(value)}`;
    const name = names.get(key) ?? `milepost_${kind}_${names.size + 1}`;
    names.set(key, name);
    return name;
  };
  const shaped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shaped);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => {
        if (key === "data") return [key, shapedData(part)];
        if (key === "scale" && isObject(part)) return [key, {...part, ...shapedDomain(part.domain, value.type)}];
        if (key === "axis" && isObject(part)) return [key, {...part, ...shapedTicks(part.values, value.type)}];
        return [key, shaped(part)];
      })
    );
  };
  const shapedData = (part: unknown): unknown => {
    if (!isObject(part) || "name" in part || !areRows(part.values)) return part;
    const name = `milepost_data_${data.size + 1}`;
    data.set(name, part.values);
    return {...part, name, values: []};
  };
  const shapedDomain = (domain: unknown, type: unknown): {domain?: unknown} => {
    const ends = type === "quantitative" && areNumbers(domain) ? domain : type === "temporal" ? days(domain) : null;
    if (ends === null) return {};
    const name = nameOf("domain", ends);
    for (const [index, end] of ends.entries()) signals.set(`${name}_${index}`, end);
    return {domain: ends.map((_, index) => ({expr: `${name}_${index}`}))};
  };
  const shapedTicks = (values: unknown, type: unknown): {values?: unknown} => {
    if (type !== "quantitative" || !areNumbers(values)) return {};
    const name = nameOf("ticks", values);
    signals.set(name, values);
    return {values: {expr: name}};
  };
  const rest = shaped(withoutSize(spec, signals)) as {params?: readonly unknown[]};
  // Vega-Lite declares a signal for each parameter; its value comes with the chart.
  const params = [...(rest.params ?? []), ...declared(signals).map((name) => ({name, value: 0}))];
  return {shape: JSON.stringify({...rest, ...(params.length > 0 ? {params} : {})}), signals, data};
}

/** The size of a single view; others lay themselves out by numbers that stay in the shape. */
function withoutSize(spec: TopLevelSpec, signals: Map<string, unknown>): object {
  const {width, height, padding} = spec as {width?: unknown; height?: unknown; padding?: unknown};
  if (!("layer" in spec || "mark" in spec)) return spec;
  const isFixed = isFiniteNumber(width) && isFiniteNumber(height) && isObject(padding);
  if (!isFixed || !sides.every((side) => isFiniteNumber(padding[side]))) return spec;
  signals.set("width", width).set("height", height);
  signals.set("padding", Object.fromEntries(sides.map((side) => [side, padding[side]])));
  return {...spec, ...sizePlaceholders, padding: 0};
}

function declared(signals: ReadonlyMap<string, unknown>): string[] {
  return [...signals.keys()].filter((name) => name.startsWith("milepost_"));
}

/** Ends of an axis of days as Vega-Lite reads them, in ms; null where they are anything else. */
function days(domain: unknown): number[] | null {
  if (!Array.isArray(domain) || !domain.every((day) => typeof day === "string")) return null;
  const ends = domain.map((day) => Date.parse(day));
  return ends.every(isFiniteNumber) ? ends : null;
}

function areRows(values: unknown): values is readonly Row[] {
  return Array.isArray(values) && values.every(isObject);
}

function areNumbers(values: unknown): values is readonly number[] {
  return Array.isArray(values) && values.length > 0 && values.every(isFiniteNumber);
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
