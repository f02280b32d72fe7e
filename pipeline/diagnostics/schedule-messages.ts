import type {Texts} from "./diagnostic.ts";
import {didYouMean} from "./suggest.ts";

export interface ScheduleParameters {
  "unknown-scheduled-report": {report: string; known: readonly string[]};
  "bad-cron": {cron: string; problem: "unreadable" | "never"};
  "repeated-schedule-entry": {report: string; line: number};
  "empty-schedule": Record<never, never>;
  "run-record": Record<never, never>;
  "bad-count": {option: string; value: string};
}

export const scheduleTexts: Texts<ScheduleParameters> = {
  "unknown-scheduled-report": ({report, known}) => ({
    message: `The schedule names a report that is not there: ${report}`,
    found: report,
    expected: known.length === 0 ? "a report of reports/" : known.join(" or "),
    fix: known.length === 0 ? "Write reports/quarterly.yaml" : didYouMean(report, known)
  }),
  "bad-cron": ({cron, problem}) => ({
    message: problem === "never" ? "This time never comes" : "This cron expression can't be read",
    found: cron,
    expected: "minute, hour, day of month, month, day of week, such as 0 6 * * 1 for Mondays at six",
    fix: problem === "never" ? "Name a day that some month of these has" : undefined
  }),
  "repeated-schedule-entry": ({report, line}) => ({
    message: `The schedule has this entry twice: ${report} at the same times, first on line ${line}`,
    fix: "Take one of them away"
  }),
  "empty-schedule": () => ({
    message: "The project has no schedule",
    expected: "schedule in milepost.yaml, such as schedule: [{report: quarterly, cron: 0 6 10 1,4,7,10 *}]",
    fix: "Write one; or load and report by hand: milepost load, milepost report"
  }),
  "run-record": () => ({
    message: "This record of a run can't be read",
    expected: "the file as milepost wrote it",
    fix: "Restore it, or take all of warehouse/runs away: then the schedule begins anew with the latest times"
  }),
  "bad-count": ({option, value}) => ({
    message: `${option} can't be "${value}"`,
    expected: "a whole number from 1"
  })
};
