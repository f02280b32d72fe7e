import {existsSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import {countDays, type DaySet, intersect, union} from "../calendar/day-set.ts";
import {type Check, checkWords} from "../config/check.ts";
import type {ProjectSource} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {CheckResult} from "../extract/contract.ts";
import {newestFirst, type OrderedLoad} from "../facts/ownership.ts";
import {formatCount, formatCounted, formatValue} from "../format/numbers.ts";
import type {KnownLoad} from "../ledger/contract.ts";
import type {Engine} from "../warehouse/engine.ts";
import {parquetFile, quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import type {Accepted} from "./pending-load.ts";
import type {ReadAnew} from "./read-extracts.ts";

/** So many months or days are told of one check; the rest are counted. */
const toldUnits = 5;

/** A load, or an extract that is to become one, as its volume is compared. */
interface Volume extends OrderedLoad {
  readonly file: string;
  readonly kept: number;
  /** Absolute. */
  readonly rows: string;
}

interface Surroundings {
  readonly engine: Engine;
  readonly warehouse: string;
  readonly timeZone: string;
  /** The time of the command. */
  readonly at: string;
  readonly loads: readonly KnownLoad[];
}

/**
 * Asks the checks of a source that look at the load before: of the same partitions, and the nearest before this one in
 * the order of loads. An extract that is read again is not compared with its former reading.
 *
 * @param accepted Extracts of the command that come before it.
 * @returns The extract with what came of its checks; faults where a check refuses it.
 */
export async function askVolume(
  one: Accepted,
  accepted: readonly Accepted[],
  surroundings: Surroundings
): Promise<{readonly accepted: Accepted; readonly faults: readonly Diagnostic[]}> {
  const {source, name} = one.read.extract;
  const asked = source.checks.filter(({rows}) => rows !== undefined);
  if (asked.length === 0) return {accepted: one, faults: []};
  const own = volumeOf(one, accepted.length, surroundings);
  const before = loadBefore(own, accepted, surroundings);
  const results: CheckResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const check of asked) {
    const units = before === null ? [] : await comparedUnits(surroundings.engine, source, check, own, before);
    const outside = units.filter((unit) => isOutside(unit, check.rows!.within));
    results.push({check: checkWords(check), severity: check.severity, failed: outside.length, of: units.length});
    if (outside.length === 0 || before === null) continue;
    const told = outside.slice(0, toldUnits);
    diagnostics.push(
      complain(
        "rows-unlike-before",
        {file: name},
        {
          check: checkWords(check),
          former: before.file,
          found: told.map(foundWords),
          expected: told.map((unit) => expectedWords(unit, check.rows!.within)),
          more: outside.length - told.length
        },
        check.severity === "refuse" ? "error" : "warning"
      )
    );
  }
  const faults = diagnostics.filter(({severity}) => severity === "error");
  const warnings = diagnostics.filter(({severity}) => severity !== "error");
  const outcome = {
    ...one.outcome,
    checks: inOrder(source, [...one.outcome.checks, ...results]),
    diagnostics: [...one.outcome.diagnostics, ...warnings]
  };
  return {accepted: {...one, outcome}, faults};
}

/** As the source lists them. */
function inOrder({checks}: ProjectSource, results: readonly CheckResult[]): CheckResult[] {
  const place = ({check, severity}: CheckResult) =>
    checks.findIndex((one) => checkWords(one) === check && one.severity === severity);
  return [...results].sort((a, b) => place(a) - place(b));
}

function volumeOf(
  {read, outcome}: {readonly read: ReadAnew; readonly outcome: Accepted["outcome"]},
  place: number,
  {at, loads}: Surroundings
): Volume {
  const next = (loads.at(-1)?.sequence ?? 0) + 1 + place;
  const {order = null} = read.former ?? {};
  return {
    id: read.load,
    sequence: next,
    at,
    ...(order === null ? {} : {order}),
    extracted: outcome.extracted,
    covered: outcome.covered,
    file: read.extract.name,
    kept: outcome.kept,
    rows: outcome.rowsFile
  };
}

function loadBefore(own: Volume, accepted: readonly Accepted[], surroundings: Surroundings): Volume | null {
  const {loads, warehouse, timeZone} = surroundings;
  const sha256 = new Set(accepted.map(({outcome}) => outcome.sha256));
  const others = [
    ...loads
      .filter((load) => !sha256.has(load.sha256))
      .map((load) => ({...load, rows: join(warehouse, load.rows_file)})),
    ...accepted.map((one, place) => volumeOf(one, place, surroundings))
  ];
  const order = newestFirst([...others, own], timeZone);
  const earlier = order.slice(order.indexOf(own) + 1);
  // Rows that were pruned can't be compared with; those that are lost are told of when they are needed.
  return earlier.find((load) => samePartitions(load, own) && existsSync(load.rows)) ?? null;
}

function samePartitions(a: Volume, b: Volume): boolean {
  const names = ({covered}: Volume) => JSON.stringify([...new Set(covered.map(({partition}) => partition))].sort());
  return names(a) === names(b);
}

/** What is compared: rows of a month or day, or of a covered day on the average. */
interface Unit {
  /** "2024-03"; null of the file as a whole. */
  readonly name: string | null;
  readonly rows: number;
  readonly days: number;
  readonly rowsBefore: number;
  readonly daysBefore: number;
}

async function comparedUnits(
  engine: Engine,
  source: ProjectSource,
  {rows}: Check,
  own: Volume,
  before: Volume
): Promise<Unit[]> {
  if (rows!.per === "file") {
    const [days, daysBefore] = [own, before].map(({covered}) => countDays(covered.flatMap((one) => one.days)));
    return [{name: null, rows: own.kept, days: days!, rowsBefore: before.kept, daysBefore: daysBefore!}];
  }
  const both = intersect(coveredByAll(own), coveredByAll(before));
  if (both.length === 0) return [];
  const date = quoteIdentifier(source.date);
  const within = both
    .map(([from, to]) => `${date} between date ${quoteLiteral(from)} and date ${quoteLiteral(to)}`)
    .join(" or ");
  const format = rows!.per === "month" ? "%Y-%m" : "%Y-%m-%d";
  const side = (file: string, sign: string) =>
    `select ${date}, ${sign} as own from ${parquetFile(file)} where ${within}`;
  const counted = await engine.rows(
    `select strftime(${date}, '${format}') as name, count(*) filter (own)::double as rows, count(*) filter (not own)::double as before
     from (${side(own.rows, "true")} union all ${side(before.rows, "false")}) group by name order by name`,
    z.object({name: z.string(), rows: z.number(), before: z.number()})
  );
  return counted.map(({name, rows, before}) => ({name, rows, days: 1, rowsBefore: before, daysBefore: 1}));
}

/** Days that a load covers for all its partitions: only on these can the rows of two loads be compared. */
function coveredByAll({covered}: Volume): DaySet {
  const byPartition = new Map<string | null, DaySet>();
  for (const {partition, days} of covered) byPartition.set(partition, union(byPartition.get(partition) ?? [], days));
  const [first = [], ...others] = [...byPartition.values()];
  return others.reduce<DaySet>((days, other) => intersect(days, other), union(first, []));
}

/** In whole numbers as far as the share allows: rows a day against rows a day, crosswise. */
function isOutside({rows, days, rowsBefore, daysBefore}: Unit, within: number): boolean {
  const expected = rowsBefore * days;
  return Math.abs(rows * daysBefore - expected) - within * expected > 1e-9 * expected;
}

function foundWords({name, rows, days}: Unit): string {
  if (name !== null) return `${name}: ${formatCounted(rows, "row")}`;
  return `${formatValue(rows / days)} rows a covered day (${formatCount(rows)} in ${formatCounted(days, "day")})`;
}

function expectedWords({name, rowsBefore, daysBefore}: Unit, within: number): string {
  const expected = rowsBefore / daysBefore;
  const [low, high] = [expected * (1 - within), expected * (1 + within)];
  if (name === null) return `${formatValue(Math.max(low, 0))} to ${formatValue(high)} rows a covered day`;
  return `${name}: ${formatCount(Math.ceil(Math.max(low, 0) - 1e-9))} to ${formatCount(Math.floor(high + 1e-9))}`;
}
