import {cronProblem} from "../calendar/cron.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {Settings} from "./settings.ts";
import type {YamlFile} from "./yaml-file.ts";

/**
 * Holds the schedule against the calendar and the reports.
 *
 * @param reports Names of the project's reports; null where some can't be read, and then none is unknown.
 */
export function checkSchedule({schedule}: Settings, yaml: YamlFile, reports: ReadonlySet<string> | null): Diagnostic[] {
  const first = new Map<string, number>();
  return schedule.flatMap(({report, cron, issue}, index) => {
    const faults: Diagnostic[] = [];
    if (reports !== null && !reports.has(report)) {
      const place = yaml.placeOf(["schedule", index, "report"]);
      faults.push(complain("unknown-scheduled-report", place, {report, known: [...reports].sort()}));
    }
    const problem = cronProblem(cron);
    if (problem !== null) {
      faults.push(complain("bad-cron", yaml.placeOf(["schedule", index, "cron"]), {cron, problem}));
    }
    const place = yaml.placeOf(["schedule", index]);
    const same = JSON.stringify([report, cron, issue ?? null]);
    const line = first.get(same);
    if (line === undefined) first.set(same, place.line ?? 1);
    else faults.push(complain("repeated-schedule-entry", place, {report, line}));
    return faults;
  });
}
