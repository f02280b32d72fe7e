import type {ProjectMeasure} from "./project.ts";

/** What a new target is written for. */
export interface TargetStart {
  readonly name: string;
  readonly measure: Pick<ProjectMeasure, "name" | "shape" | "better" | "unit" | "title">;
  /** Other measures of the project, for a comment. */
  readonly others: readonly string[];
  /** A name of the calendar; null: the milestone's plan year. */
  readonly period: string | null;
  /** The milestone of a plan that it is drawn from, with its title; null where none is known. */
  readonly milestone: {readonly id: string; readonly title: string} | null;
  /** Types of segment below the root, for a comment. */
  readonly types: readonly string[];
}

/** Most measures named in a comment. */
const mostNamed = 8;

/** A commented file of `targets/`, after its first line. Passes `check` as it stands. */
export function starterTarget({name, measure, others, period, milestone, types}: TargetStart): string {
  const [type = "area"] = types;
  const more = others.length > mostNamed ? `, and ${others.length - mostNamed} more of sources/` : "";
  const lines = [
    "# A target is one promise that can be measured: what (measure), how much (goal), when (period, every, by), and",
    "# who (at, by_segment, each). Fill in the title, choose the measure, set the goal; then run: milepost check",
    `target: ${name}`,
    milestone === null
      ? "# milestone: ...                  # the milestone of a plan that it is drawn from"
      : `milestone: ${milestone.id}`,
    `title: ${JSON.stringify(milestone === null ? "To be written: what is promised, in your own words" : milestone.title)}`,
    `measure: ${measure.name}${measure.title === "" ? "" : ` # ${measure.title}`}`,
    ...(others.length === 0 ? [] : [`# or one of: ${others.slice(0, mostNamed).join(", ")}${more}`]),
    "",
    ...goalLines(measure),
    "",
    period === null
      ? "# period: ...                     # default: the plan year of the milestone"
      : `period: ${period}`,
    "# by: 2024-06-30                   # when it is due: a day, a period such as 2024-Q1, or {within: 90 days, after: ...}",
    "# every: month                     # asked for in each month, not over the whole period; allow: 1 lets one miss it",
    ...(types.length === 0
      ? []
      : [
          `# each: ${type}                     # asked of each ${type} by itself; one without a row has missed it`,
          `# by_segment: [${types.join(", ")}]   # also shown beside each of these, by its own baseline`
        ]),
    "# reading: ...                     # how an ambiguous milestone was read, and what else it could mean"
  ];
  return `${lines.map((line) => line.replace(/^(# \w+: .*?) {2,}#/, (_, key: string) => `${key.padEnd(34)} #`)).join("\n")}\n`;
}

function goalLines({shape, better, unit}: TargetStart["measure"]): string[] {
  if (shape === "done") return ["goal: {done: true} # completed by the period's last day, or by the day of by"];
  const level = unit === "share" ? "50%" : "100";
  const note = `to be set: the level, in ${unit === "share" ? "percent" : unit}`;
  const goal = better === "none" ? "goal: {track: true} # measured and shown" : null;
  const key = better === "lower" ? "at_most" : "at_least";
  const sign = better === "lower" ? "-" : "+";
  return [
    goal ?? `goal: {${key}: ${level}} # ${note}`,
    ...(goal === null ? [] : [`# goal: {${key}: ${level}}               # ${note}`]),
    `# goal: {change: ${sign}10%}         # held against a baseline:`,
    "# baseline: {period: previous}     # the same period a year earlier"
  ];
}
