import type {Texts} from "./diagnostic.ts";

export interface ScheduleParameters {
  "unknown-scheduled-report": {report: string; known: readonly string[]};
}

export const scheduleTexts: Texts<ScheduleParameters> = {
  "unknown-scheduled-report": ({report, known}) => ({
    message: `The schedule names a report that is not there: ${report}`,
    found: report,
    expected: known.length === 0 ? "a report of reports/" : known.join(" or ")
  })
};
