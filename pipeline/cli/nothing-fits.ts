import {longDate} from "../calendar/iso-date.ts";
import type {Period} from "../calendar/period.ts";
import type {Project} from "../config/project.ts";
import {findSegment} from "../config/roster.ts";
import {joinFirst} from "../format/lists.ts";
import type {Question} from "../run/answer.ts";

/** Longer lists are cut, with a count. */
const periodsShown = 6;

/** Why no row is asked for, and what there is instead: a line. */
export function nothingFits(
  {targets, roster}: Pick<Project, "targets" | "roster">,
  {target, period, segments}: Pick<Question, "target" | "period" | "segments">
): string {
  if (targets.length === 0) return "The project has no targets yet: targets/README.md shows how to write one.\n";
  const asked = targets.filter((one) => target == null || one.target === target);
  const overlapping = asked.filter(
    ({period: own}) => period == null || (own.from <= period.to && period.from <= own.to)
  );
  if (overlapping.length === 0) {
    const whose = target == null ? "No target's period overlaps" : `The period of ${target} does not overlap`;
    return `${whose} ${period!.name}; ${periodWords(asked.map((one) => one.period))}.\n`;
  }
  const names = (segments ?? []).flatMap((segment) => findSegment(roster, segment)?.name ?? []).join(" or ");
  return `No target that is asked for has a row for ${names}: its type stands in no by_segment.\n`;
}

/** "they run from 1 July 2023 to 30 June 2025: 2023-2024 and 2024-2025" */
function periodWords(all: readonly Period[]): string {
  const periods = [...new Map(all.map((period) => [period.name, period])).values()].sort((a, b) =>
    a.from === b.from ? (a.to < b.to ? 1 : -1) : a.from < b.from ? -1 : 1
  );
  const last = periods
    .map(({to}) => to)
    .sort()
    .at(-1)!;
  const names = periods.map(({name}) => name);
  const run = periods.length === 1 ? "it runs" : "they run";
  return `${run} from ${longDate(periods[0]!.from)} to ${longDate(last)}: ${joinFirst(names, periodsShown)}`;
}
