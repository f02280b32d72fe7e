import {branchesOf, segmentColumns, tellingColumn} from "../actuals/branches.ts";
import {partitionsOf} from "../actuals/territory.ts";
import {conditionSql} from "../actuals/where-sql.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import {rollingFrom, type Span} from "../calendar/span.ts";
import type {Project, ProjectMeasure, ProjectSource, SegmentKey} from "../config/project.ts";
import type {SourceCoverage} from "../facts/contract.ts";
import {countedRowsSql} from "../facts/standing.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";

/*
 * The rows that a measure's value is made from, as SQL: `from ... where ...`, as many as `rows_counted` says.
 */

/** Rows that a measure counts for a segment over days, from the loads that decide them. */
export interface CountedRows {
  readonly project: Project;
  readonly knowledge: Knowledge;
  /** By source, of the measure's; of a ratio, of those of its two measures. */
  readonly coverages: ReadonlyMap<string, SourceCoverage>;
  readonly measure: string;
  readonly segment: SegmentKey;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Last day of which is known what has ended; default `to`. */
  readonly known_to?: IsoDate | undefined;
  /** Only rows of this shift. */
  readonly shift?: string | undefined;
}

/** A measure that is counted from rows of its source: no ratio. */
export interface CountedMeasure extends CountedRows {
  readonly of: ProjectMeasure;
  readonly source: ProjectSource;
}

/** Named with blanks, which no column of a user is. */
const lastDay = quoteIdentifier("last day");

/** Days that have a name. */
const [firstOfAll, lastOfAll] = ["1000-01-01", "9999-12-31"];

/** Columns beside those of the measure that decide whether a row counts. */
export function columnsTelling({project, source, segment, shift}: CountedMeasure): string[] {
  const columns = segmentColumns(project.roster, source);
  const telling = tellingColumn(project.roster, columns, segment.type)?.column;
  const partition = source.partition?.[0];
  return [columns[0]?.column, telling, partition, shift === undefined ? undefined : source.shift].flatMap(
    (column) => column ?? []
  );
}

/** @returns Null when no load decides any of the days. */
export function countedFrom(counted: CountedMeasure, warehouse: string): string | null {
  const {project, knowledge, coverages, source, of} = counted;
  const coverage = coverages.get(source.source);
  if (coverage === undefined) throw new Error(`nothing is known of source "${source.source}"`);
  const [from, to] = daysRead(counted);
  const leaves = partitionCodes(counted);
  const known = knowledge.loads.filter((load) => load.source === source.source);
  const deciding = new Set(
    coverage.spoken
      .filter(({partition}) => partition === null || leaves === null || leaves.has(partition))
      .filter(({days}) => days.some(([first, last]) => first <= to && last >= from))
      .map(({load}) => load)
  );
  const loads = known.filter(({id}) => deciding.has(id));
  if (loads.length === 0) return null;
  const rows = countedRowsSql(source, known, loads, coverage.ownership, warehouse, project.settings.time_zone);
  const all = [
    ...conditionsOfAggregate(counted),
    ...segmentConditions(counted),
    ...Object.entries(of.where).map(([column, condition]) =>
      conditionSql(column, source.columns[column]!, condition, project.codeLists)
    ),
    ...shiftCondition(counted)
  ];
  const where = all.length === 0 ? "" : `\nwhere ${all.join("\n    and ")}`;
  return `from (\n${of.aggregate.kind === "latest" ? withLastDay(counted, rows) : rows}\n) as facts${where}`;
}

/** The rows up to the day, each with the last day on which its partition, or the source, has any. */
function withLastDay({source, to}: CountedMeasure, rows: string): string {
  const date = quoteIdentifier(source.date);
  const of = source.partition === undefined ? "" : `partition by ${quoteIdentifier(source.partition[0]!)}`;
  return `select *, max(${date}) over (${of}) as ${lastDay}
from (
${rows}
) as observed
where ${date} <= date ${quoteLiteral(to)}`;
}

/** Days of the source on which a row may lie that counts. */
function daysRead({of, from, to}: CountedMeasure): readonly [IsoDate, IsoDate] {
  const {aggregate, rolling, cumulative} = of;
  if (aggregate.kind === "done" || ("date" in aggregate && aggregate.date !== null)) return [firstOfAll, lastOfAll];
  if (aggregate.kind === "latest" || aggregate.kind === "standing") return [firstOfAll, to];
  return rolling !== undefined ? [rollingFrom(to, rolling), to] : [cumulative?.since ?? from, to];
}

/** Codes of the partitions that a segment has to do with; null: all. */
function partitionCodes({project, source, segment}: CountedMeasure): ReadonlySet<string> | null {
  const type = source.partition === undefined ? undefined : source.columns[source.partition[0]!]?.segment;
  if (type === undefined) return null;
  return new Set(partitionsOf(project.roster, segment, type).map(({code}) => code));
}

/** The days, and what else the aggregate asks of a row. */
function conditionsOfAggregate(counted: CountedMeasure): string[] {
  const {source, of, to} = counted;
  const {aggregate} = of;
  const date = quoteIdentifier(source.date);
  const day = (on: IsoDate) => `date ${quoteLiteral(on)}`;
  const between = (column: string) => {
    const {rolling, cumulative} = of;
    const from = rolling !== undefined ? rollingFrom(to, rolling) : (cumulative?.since ?? counted.from);
    return `${column} between ${day(from)} and ${day(to)}`;
  };
  const known = day(counted.known_to ?? to);
  switch (aggregate.kind) {
    case "rows":
      return [between(aggregate.date === null ? date : quoteIdentifier(aggregate.date))];
    case "sum":
    case "share":
    case "ratio":
      return [between(date)];
    case "share_within": {
      const end = quoteIdentifier(aggregate.to);
      return [between(date), startsBefore(end, date), `${limitSql(source.date, aggregate.within)} <= ${known}`];
    }
    case "duration": {
      const end = quoteIdentifier(aggregate.to);
      const begun = [between(date), startsBefore(end, date)];
      return aggregate.at === null ? [...begun, `${end} <= ${known}`] : [...begun, `${date} <= ${known}`];
    }
    case "latest":
      return [
        `${date} = ${lastDay}`,
        ...validPartitions(counted),
        ...(aggregate.of === "distinct" ? [`${quoteIdentifier(aggregate.column ?? "")} is not null`] : [])
      ];
    case "standing": {
      const until = quoteIdentifier(aggregate.until);
      const begun = aggregate.date === null ? date : quoteIdentifier(aggregate.date);
      return [`${begun} <= ${day(to)}`, `(${until} is null or ${until} > ${day(to)})`];
    }
    case "done":
      return [];
    default:
      return [between(date), `${quoteIdentifier(aggregate.column)} is not null`];
  }
}

/** The day by which a case must end, as SQL of type date. */
export function limitSql(date: string, {count, unit}: Span): string {
  return `(${quoteIdentifier(date)} + interval '${count} ${unit}s')::date`;
}

function startsBefore(end: string, date: string): string {
  return `(${end} is null or ${end} >= ${date})`;
}

/** Of partitions that are not in the roster on the day nothing is observed any more. */
function validPartitions({project, source, segment, to}: CountedMeasure): string[] {
  const column = source.partition?.[0];
  const type = column === undefined ? undefined : source.columns[column]?.segment;
  if (column === undefined || type === undefined) return [];
  const valid = partitionsOf(project.roster, segment, type).filter(
    ({valid_from, valid_to}) => (valid_from ?? firstOfAll) <= to && (valid_to ?? lastOfAll) >= to
  );
  return [
    isOneOf(
      column,
      valid.map(({code}) => code)
    )
  ];
}

/** The leaves of the segment; nothing for the root, which holds all rows. */
function segmentConditions({project, source, segment}: CountedMeasure): string[] {
  const {roster} = project;
  const telling = tellingColumn(roster, segmentColumns(roster, source), segment.type);
  if (segment.type === roster.types[0]) return [];
  const branches = branchesOf(roster, telling?.type ?? null).filter(
    ({type, code}) => type === segment.type && code === segment.code
  );
  return telling === undefined
    ? ["false"]
    : [
        isOneOf(
          telling.column,
          branches.flatMap(({leaf}) => leaf ?? [])
        )
      ];
}

function isOneOf(column: string, codes: readonly string[]): string {
  return codes.length === 0 ? "false" : `${quoteIdentifier(column)} in (${codes.map(quoteLiteral).join(", ")})`;
}

function shiftCondition({source, shift}: CountedMeasure): string[] {
  if (shift === undefined || source.shift === undefined) return [];
  return [conditionSql(source.shift, source.columns[source.shift]!, {word: shift}, new Map())];
}
