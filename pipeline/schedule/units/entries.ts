import {type CronFields, cronFields} from "../../calendar/cron.ts";
import type {Project} from "../../config/project.ts";
import {dailyLook} from "../late-look.ts";

/** A time at which the system's scheduler shall start `milepost run`. */
export interface UnitEntry {
  readonly cron: string;
  /** For a comment: whose time it is. */
  readonly what: string;
  /** Null where no list of days says it. */
  readonly fields: CronFields | null;
}

/** The times of the schedule, each once, then the daily look for extracts that come late. */
export function unitEntries({settings: {schedule}}: Project): UnitEntry[] {
  const reports = new Map<string, string[]>();
  for (const {report, cron} of schedule) reports.set(cron, [...(reports.get(cron) ?? []), report]);
  const entries = [...reports].map(([cron, names]) => ({cron, what: [...new Set(names)].join(", ")}));
  return [...entries, {cron: dailyLook, what: "every day, for extracts that come late"}].map((entry) => ({
    ...entry,
    fields: cronFields(entry.cron)
  }));
}

/** What a comment says of a time that a scheduler can't express. */
export function notSaid({cron, what}: UnitEntry, scheduler: string): string {
  return `${what}: "${cron}" can't be said to ${scheduler} exactly. It is made by the daily look, within a day of its time.`;
}

/** The parts of an entry that hold by themselves: a day of the month and a day of the week are either or. */
export function alternatives(fields: CronFields): CronFields[] {
  if (fields.days === null || fields.weekdays === null) return [fields];
  return [
    {...fields, weekdays: null},
    {...fields, days: null, lastDay: false}
  ];
}
