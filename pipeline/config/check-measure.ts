import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {checkWhere, type WhereContext} from "./check-where.ts";
import {aggregateOf, type Measure} from "./measure.ts";
import type {ProjectMeasure} from "./project.ts";
import type {Column, Source} from "./source.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** One column that a source names outside of `columns`. */
export interface ColumnUse {
  /** The key that names the column, as the message says it. */
  readonly use: string;
  readonly column: string;
  readonly path: Path;
  /** Types that it may have, in the order of messages; null: any. */
  readonly types: readonly (NonNullable<Column["type"]> | "segment")[] | null;
  /** Rows without a value would be lost without a word. */
  readonly required: boolean;
}

const numbers: ColumnUse["types"] = ["integer", "decimal"];
const days: ColumnUse["types"] = ["date"];
/** What can be told apart, value by value; the entries of a list are no value. */
const values: ColumnUse["types"] = ["text", "integer", "decimal", "date", "boolean", "segment"];

/** The columns that a measure's aggregate names, each with the types that it can be made from. */
export function columnUses(name: string, measure: Measure): ColumnUse[] {
  const aggregate = aggregateOf(measure);
  const use = (column: string | null, types: ColumnUse["types"], ...keys: string[]): ColumnUse[] =>
    column === null ? [] : [{use: keys.join("."), column, path: ["measures", name, ...keys], types, required: false}];
  switch (aggregate.kind) {
    case "rows":
      return use(aggregate.date, days, "date");
    case "distinct":
      return use(aggregate.column, values, "count");
    case "sum":
    case "mean":
    case "min":
    case "max":
      return use(aggregate.column, numbers, aggregate.kind);
    case "percentile":
      return use(aggregate.column, numbers, ...(measure.median === undefined ? ["percentile", "of"] : ["median"]));
    case "share":
      return use(aggregate.weight, numbers, "share", "weight");
    case "share_within":
      return use(aggregate.to, days, "share", "to");
    case "duration":
      return use(aggregate.to, days, "duration", "to");
    case "latest":
      return use(aggregate.column, aggregate.of === "sum" ? numbers : values, "latest");
    case "standing":
      return [...use(aggregate.until, days, "latest", "until"), ...use(aggregate.date, days, "date")];
    case "done":
      return use(aggregate.on, days, "done");
    case "ratio":
      return [];
  }
}

/** Holds the conditions of a source's measures against its columns, and the beginning of cases against its date. */
export function checkMeasures(context: WhereContext, yaml: YamlFile): Diagnostic[] {
  const {source} = context;
  return Object.entries(source.measures).flatMap(([name, measure]) => {
    const path = ["measures", name];
    const from = measure.share?.from ?? measure.duration?.from;
    const key = measure.share === undefined ? "duration" : "share";
    return [
      ...checkWhere(measure.where, [...path, "where"], yaml, context),
      ...checkWhere(measure.share?.where ?? {}, [...path, "share", "where"], yaml, context),
      ...(from === undefined ? [] : checkBeginning(source, from, `${key}.from`, [...path, key, "from"], yaml))
    ];
  });
}

/** Which days of cases are covered is known of the source's date alone. */
function checkBeginning(source: Source, column: string, use: string, path: Path, yaml: YamlFile): Diagnostic[] {
  if (column === source.date) return [];
  if (!Object.hasOwn(source.columns, column)) {
    const suggestion = didYouMean(column, [source.date]);
    return [complain("unknown-column", yaml.placeOf(path), {column, use, suggestion})];
  }
  return [complain("case-begins-elsewhere", yaml.placeOf(path), {use, column, date: source.date})];
}

/** What the ratios of a project may name. */
export interface RatioContext {
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  /** Also those of sources at fault elsewhere. Null: a source can't be read. */
  readonly measureNames: ReadonlySet<string> | null;
}

/** Holds the ratios of a source against the measures that they divide, of whatever source. */
export function checkRatios(source: Source, yaml: YamlFile, {measures, measureNames}: RatioContext): Diagnostic[] {
  return Object.entries(source.measures).flatMap(([name, {ratio}]) => {
    if (ratio === undefined) return [];
    const unknown = (["of", "to"] as const).flatMap((key) => {
      const measure = ratio[key];
      if (measureNames === null || measureNames.has(measure)) return [];
      const place = yaml.placeOf(["measures", name, "ratio", key]);
      return [complain("unknown-measure", place, {measure, suggestion: didYouMean(measure, measureNames)})];
    });
    const way = wayBack(name, name, measures, new Set());
    if (way === null) return unknown;
    return [...unknown, complain("ratio-of-itself", yaml.placeOf(["measures", name, "ratio"]), {measure: name, way})];
  });
}

/** The measures by which a ratio comes back to `to`, both ends told; null when it doesn't. */
function wayBack(
  from: string,
  to: string,
  measures: ReadonlyMap<string, ProjectMeasure>,
  seen: Set<string>
): string[] | null {
  const aggregate = measures.get(from)?.aggregate;
  if (aggregate?.kind !== "ratio" || seen.has(from)) return null;
  seen.add(from);
  for (const next of [aggregate.of, aggregate.to]) {
    if (next === to) return [from, to];
    const way = wayBack(next, to, measures, seen);
    if (way !== null) return [from, ...way];
  }
  return null;
}

/** Names of the sources whose rows a measure is made from: its own; of a ratio those of its two measures. */
export function sourcesOf(measure: ProjectMeasure, measures: ReadonlyMap<string, ProjectMeasure>): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = ({name, source, aggregate}: ProjectMeasure) => {
    if (seen.has(name)) return;
    seen.add(name);
    if (aggregate.kind !== "ratio") found.add(source);
    else
      for (const part of [measures.get(aggregate.of), measures.get(aggregate.to)]) if (part !== undefined) look(part);
  };
  look(measure);
  return [...found];
}
