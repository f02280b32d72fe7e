import {dateFormatProblem} from "../calendar/date-format.ts";
import {fileNamePatternProblem} from "../calendar/file-name-date.ts";
import {addDays} from "../calendar/iso-date.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {checkChecks} from "./check-checks.ts";
import {type ColumnUse, checkMeasures, columnUses} from "./check-measure.ts";
import {checkWhere, type WhereContext} from "./check-where.ts";
import type {Roster} from "./roster.ts";
import type {Column, Source} from "./source.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** Holds what a source says in one place against what it says in another, and against the roster and the code lists. */
export function checkSource(context: WhereContext, yaml: YamlFile): Diagnostic[] {
  const {source, roster} = context;
  return [
    ...usesOfColumns(source).flatMap((use) => checkUse(source, use, yaml)),
    ...checkHeaders(source, yaml),
    ...checkSegmentTypes(source, roster, yaml),
    ...checkPatterns(source, yaml),
    ...checkDateFormats(source, yaml),
    ...checkSeries(source, yaml),
    ...checkDelivery(context, yaml),
    ...checkChecks(context, yaml),
    ...checkMeasures(context, yaml)
  ];
}

function usesOfColumns(source: Source): ColumnUse[] {
  const {date, shift, reported, key = [], partition = [], covers, register} = source;
  const one = (
    use: string,
    column: string | undefined,
    type: "date" | "text" | "segment" | null,
    required: boolean,
    path: Path = [use]
  ): ColumnUse[] => (column === undefined ? [] : [{use, column, path, types: type === null ? null : [type], required}]);
  return [
    ...one("date", date, "date", true),
    ...one("shift", shift, "text", false),
    ...one("reported", reported, "date", false),
    ...key.flatMap((column, index) => one("key", column, null, true, ["key", index])),
    ...partition.flatMap((column, index) => one("partition", column, "segment", true, ["partition", index])),
    ...(covers.from === "columns"
      ? [
          ...one("covers.first", covers.first, "date", true, ["covers", "first"]),
          ...one("covers.last", covers.last, "date", true, ["covers", "last"])
        ]
      : []),
    ...Object.entries(register ?? {}).flatMap(([key, column]) =>
      one(`register.${key}`, column, key === "due" ? "date" : "text", key === "target", ["register", key])
    ),
    ...Object.entries(source.measures).flatMap(([name, measure]) => columnUses(name, measure))
  ];
}

function checkUse(source: Source, {use, column: name, path, types, required}: ColumnUse, yaml: YamlFile): Diagnostic[] {
  const place = yaml.placeOf(path);
  const column = Object.hasOwn(source.columns, name) ? source.columns[name] : undefined;
  if (column === undefined) {
    return [
      complain("unknown-column", place, {column: name, use, suggestion: didYouMean(name, Object.keys(source.columns))})
    ];
  }
  if (column.personal !== undefined) return [complain("personal-column-used", place, {column: name, use})];
  const is = column.segment === undefined ? (column.type ?? "text") : "segment";
  if (types !== null && !types.includes(is)) {
    const must = types.length === 1 ? `${types[0]}` : `${types.slice(0, -1).join(", ")} or ${types.at(-1)}`;
    return [complain("column-of-other-type", place, {column: name, use, is, must})];
  }
  if (required && !column.required) {
    return [complain("column-not-required", yaml.placeOfKey(["columns", name]), {column: name, use})];
  }
  return [];
}

/** A header that two columns claim, or that is wanted and ignored at once. */
function checkHeaders(source: Source, yaml: YamlFile): Diagnostic[] {
  const owners = new Map<string, string>();
  const positions = new Map<number, string>();
  const faults: Diagnostic[] = [];
  for (const [name, column] of Object.entries(source.columns)) {
    if (column.position !== undefined) {
      const place = yaml.placeOf(["columns", name, "position"]);
      const first = positions.get(column.position);
      if (first !== undefined)
        faults.push(complain("repeated-position", place, {position: column.position, first, column: name}));
      else positions.set(column.position, name);
      continue;
    }
    for (const header of new Set(column.from.map((from) => from.trim()))) {
      const first = owners.get(header);
      const place = yaml.placeOf(headerPath(name, column, header, yaml));
      if (first !== undefined)
        faults.push(complain("repeated-header", place, {header, first, second: `column ${name}`}));
      else owners.set(header, `column ${name}`);
    }
  }
  source.ignore.forEach((ignored, index) => {
    const first = owners.get(ignored.trim());
    if (first !== undefined) {
      const place = yaml.placeOf(["ignore", index]);
      faults.push(complain("repeated-header", place, {header: ignored.trim(), first, second: "ignore"}));
    }
  });
  return faults;
}

function headerPath(name: string, {from}: Column, header: string, yaml: YamlFile): Path {
  const path = ["columns", name, "from"];
  const index = from.findIndex((one) => one.trim() === header);
  const written = yaml.value as {columns?: Record<string, {from?: unknown}>};
  return Array.isArray(written.columns?.[name]?.from) ? [...path, index] : path;
}

function checkSegmentTypes(source: Source, roster: Roster | null, yaml: YamlFile): Diagnostic[] {
  if (roster === null) return [];
  return Object.entries(source.columns).flatMap(([name, {segment}]) => {
    if (segment === undefined || roster.types.includes(segment)) return [];
    const suggestion = didYouMean(segment, roster.types);
    return [complain("unknown-segment-type", yaml.placeOf(["columns", name, "segment"]), {type: segment, suggestion})];
  });
}

function checkPatterns({covers, extracted}: Source, yaml: YamlFile): Diagnostic[] {
  const patterns: [Path, string][] = [];
  if (covers.from === "file_name") patterns.push([["covers", "pattern"], covers.pattern]);
  if (extracted !== undefined) patterns.push([["extracted", "pattern"], extracted.pattern]);
  return patterns.flatMap(([path, pattern]) => {
    const problem = fileNamePatternProblem(pattern);
    return problem === null ? [] : [complain("file-name-pattern", yaml.placeOf(path), {pattern, problem})];
  });
}

function checkDateFormats(source: Source, yaml: YamlFile): Diagnostic[] {
  return Object.entries(source.columns).flatMap(([name, {formats = []}]) =>
    formats.flatMap((format, index) => {
      const problem = dateFormatProblem(format);
      const place = yaml.placeOf(["columns", name, "formats", index]);
      return problem === null ? [] : [complain("date-format", place, {format, problem})];
    })
  );
}

/** What a file may do to those before it, and what it needs for that. */
function checkDelivery(context: WhereContext, yaml: YamlFile): Diagnostic[] {
  const {delivery, key, withdrawn, columns} = context.source;
  const withoutKey =
    delivery === "upsert" && key === undefined
      ? [complain("delivery-without-key", yaml.placeOf(["delivery"]), {})]
      : [];
  if (withdrawn === undefined) return withoutKey;
  if (delivery !== "upsert") return [complain("withdrawn-elsewhere", yaml.placeOfKey(["withdrawn"]), {delivery})];
  const ofOtherTypes = Object.keys(withdrawn).flatMap((name) => {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    const is = column?.segment === undefined ? column?.type : "segment";
    if (is === undefined || ["text", "integer", "boolean"].includes(is)) return [];
    return [complain("withdrawn-column", yaml.placeOfKey(["withdrawn", name]), {column: name, is})];
  });
  if (ofOtherTypes.length > 0) return [...withoutKey, ...ofOtherTypes];
  return [...withoutKey, ...checkWhere(withdrawn, ["withdrawn"], yaml, context)];
}

/** Series follow one another without a gap: the first has no beginning, the last no end. */
function checkSeries({series = []}: Source, yaml: YamlFile): Diagnostic[] {
  return series.flatMap(({name, from, until}, index): Diagnostic[] => {
    const place = yaml.placeOf(["series", index]);
    const before = series[index - 1];
    const problem = (text: string) => [complain("series-order", place, {series: name, problem: text})];
    if (series.findIndex((one) => one.name === name) < index) return problem("its name stands twice");
    if (from !== undefined && until !== undefined && until < from)
      return problem(`it ends on ${until}, before it begins`);
    if (index < series.length - 1 && until === undefined)
      return problem("it has no until, and another series follows it");
    if (before?.until === undefined) return [];
    const next = addDays(before.until, 1);
    return from === next ? [] : problem(`it must begin on ${next}, the day after ${before.name} ends`);
  });
}
