import type {Aggregate} from "../config/measure.ts";
import type {Project, ProjectMeasure, ProjectSource} from "../config/project.ts";
import type {AskedCondition} from "./where-sql.ts";

/*
 * A measure is made of parts that are counted by day and leaf: rows, with a column added up or not; or rows told apart
 * by the value of a column, for what can't be added up (medians, distinct counts) or asks for a second day.
 */

export interface MeasurePart {
  /** Unique among the source's parts; begins with the measure's name. */
  readonly name: string;
  readonly where: readonly (readonly [column: string, condition: AskedCondition])[];
  /** Column whose values are added; with `entries` the rows that hold a value in it. Null: rows are counted. */
  readonly added: {readonly column: string; readonly entries: boolean} | null;
  /** Column by whose values rows are told apart; null: they are not. */
  readonly told: ToldColumn | null;
}

/** Days are told as day numbers, numbers as they are, and all else as text. */
export interface ToldColumn {
  readonly column: string;
  readonly as: "day" | "number" | "text";
}

/**
 * Which part of a measure. `entries` and `whole` are what a mean and a share are divided by, and `ended` is what no more
 * stands of what has begun.
 */
export type Role = "itself" | "entries" | "whole" | "ended" | "observed";

/** The part that counts all rows of a source: on which days it was observed. Measures are named without blanks. */
const observed = "all rows";

/** The name of a part. What a source observes has nothing to do with the measure or the shift. */
export function partName(measure: string, role: Role, shift: string | null): string {
  if (role === "observed") return observed;
  const name = role === "itself" ? measure : `${measure} ${role}`;
  return shift === null ? name : `${name} in ${shift}`;
}

/**
 * The parts of a measure; none of a ratio, whose two measures have their own.
 *
 * @param shifts Names of the shifts by which it is asked for too.
 */
export function partsOf(measure: ProjectMeasure, source: ProjectSource, shifts: readonly string[]): MeasurePart[] {
  return [null, ...shifts].flatMap((shift) => {
    const ofShift: MeasurePart["where"] =
      shift === null || source.shift === undefined ? [] : [[source.shift, {word: shift}]];
    const part = (role: Role, given: Partial<MeasurePart> = {}, more: MeasurePart["where"] = []): MeasurePart => ({
      name: partName(measure.name, role, shift),
      where: [...Object.entries(measure.where), ...more, ...ofShift],
      added: null,
      told: null,
      ...given
    });
    return roleParts(measure.aggregate, part);
  });
}

function roleParts(
  aggregate: Aggregate,
  part: (role: Role, given?: Partial<MeasurePart>, more?: MeasurePart["where"]) => MeasurePart
): MeasurePart[] {
  const sum = (column: string | null) => (column === null ? {} : {added: {column, entries: false}});
  const told = (column: string, as: ToldColumn["as"]) => part("itself", {told: {column, as}});
  switch (aggregate.kind) {
    case "rows":
      return [aggregate.date === null ? part("itself") : told(aggregate.date, "day")];
    case "sum":
      return [part("itself", sum(aggregate.column))];
    case "mean":
      return [
        part("itself", sum(aggregate.column)),
        part("entries", {added: {column: aggregate.column, entries: true}})
      ];
    case "share":
      return [
        part("itself", sum(aggregate.weight), Object.entries(aggregate.where)),
        part("whole", sum(aggregate.weight))
      ];
    case "distinct":
      return [told(aggregate.column, "text")];
    case "percentile":
    case "min":
    case "max":
      return [told(aggregate.column, "number")];
    case "share_within":
    case "duration":
      return [told(aggregate.to, "day")];
    case "standing": {
      const {until, date} = aggregate;
      if (date === null) return [told(until, "day")];
      // What ended before it began never stood: it would be taken away before it was there.
      const stood = [[until, {notBefore: date}]] as const;
      return [
        part("itself", {told: {column: date, as: "day"}}, stood),
        part("ended", {told: {column: until, as: "day"}}, [...stood, [date, {present: true}]])
      ];
    }
    case "done":
      return [told(aggregate.on, "day")];
    case "latest": {
      const {of, column} = aggregate;
      const itself = of === "distinct" && column !== null ? told(column, "text") : part("itself", sum(column));
      return [itself, {...part("observed"), where: []}];
    }
    case "ratio":
      return [];
  }
}

/** The measures whose values a measure is made from: itself, or the two of a ratio, or theirs. */
export function baseMeasures(measures: Project["measures"], name: string): ProjectMeasure[] {
  const measure = measures.get(name);
  if (measure === undefined) return [];
  const {aggregate} = measure;
  if (aggregate.kind !== "ratio") return [measure];
  return [aggregate.of, aggregate.to].flatMap((one) => baseMeasures(measures, one));
}
