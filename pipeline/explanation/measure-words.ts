import {spanWords} from "../calendar/span.ts";
import type {Project, ProjectMeasure, ProjectSource} from "../config/project.ts";
import {conditionWords} from "./words.ts";

/** How a measure's value comes about: "rows", "sum of injured", "median of days from applied_on to decided_on". */
export function countsWords(measure: ProjectMeasure, {date}: ProjectSource, codeLists: Project["codeLists"]): string {
  const words = aggregateWords(measure, date, codeLists);
  if (measure.rolling !== undefined) return `${words}, over the last ${spanWords(measure.rolling)}`;
  if (measure.cumulative === undefined) return words;
  const {since, opening, cite} = measure.cumulative;
  return `${words} since ${since}, added to ${opening}${cite === undefined ? "" : ` (${cite})`}`;
}

function aggregateWords({aggregate: of, where}: ProjectMeasure, date: string, codeLists: Project["codeLists"]): string {
  switch (of.kind) {
    case "rows":
      return "rows";
    case "distinct":
      return `different values of ${of.column}`;
    case "percentile":
      return of.at === 50 ? `median of ${of.column}` : `${of.at}th percentile of ${of.column}`;
    case "min":
      return `least ${of.column}`;
    case "max":
      return `greatest ${of.column}`;
    case "share": {
      const held = conditionWords({where: of.where}, codeLists).join(" and ");
      return `share of ${of.weight === null ? "rows" : of.weight} for which ${held}`;
    }
    case "share_within":
      return `share of cases that ended (${of.to}) within ${spanWords(of.within)} of ${date}, of those whose time is over`;
    case "ratio":
      return `${of.of} divided by ${of.to}`;
    case "duration":
      return `${durationWords(of.at)} of the days from ${date} to ${of.to}`;
    case "latest":
      return `${latestWords(of)} on the last day observed`;
    case "standing":
      return `rows that have begun (${of.date ?? date}) and not ended (${of.until})`;
    case "done":
      return `${Object.keys(where).length === 0 ? "all rows" : "the rows"} completed (${of.on})`;
    default:
      return `${of.kind} of ${of.column}`;
  }
}

function durationWords(at: number | null): string {
  if (at === null) return "mean";
  return at === 50 ? "median" : `${at}th percentile`;
}

function latestWords({of, column}: {readonly of: "rows" | "distinct" | "sum"; readonly column: string | null}): string {
  if (of === "rows") return "rows";
  return of === "sum" ? `sum of ${column}` : `different values of ${column}`;
}
