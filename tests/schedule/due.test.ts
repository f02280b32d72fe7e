import {describe, expect, test} from "vitest";
import type {Calendar, ReportPeriodKind} from "../../pipeline/calendar/period.ts";
import type {Settings} from "../../pipeline/config/settings.ts";
import type {Reckoning} from "../../pipeline/schedule/contract.ts";
import {lastEndedBefore, nextOccurrence, reckon, type ScheduledProject} from "../../pipeline/schedule/due.ts";

const calendar: Calendar = {week_starts: "sunday", fiscal_year_starts: "07-01", plan_years: {}};

/** A project of reports by kind of period, and a schedule of lines `report cron`, `!` before those issued automatically. */
function scheduled(reports: Readonly<Record<string, ReportPeriodKind>>, ...lines: readonly string[]): ScheduledProject {
  const schedule = lines.map((line) => {
    const [, automatic, report, cron] = /^(!?)(\S+) (.+)$/.exec(line)!;
    return {report: report!, cron: cron!, ...(automatic === "!" ? {issue: "automatic" as const} : {})};
  });
  return {
    settings: {time_zone: "America/Los_Angeles", schedule} as unknown as Settings,
    calendar,
    reports: new Map(Object.entries(reports).map(([report, period]) => [report, {report, period}])) as never
  };
}

function periods(reckoned: readonly Reckoning[]): string[] {
  return reckoned.flatMap(({report, open}) => open.map(({period}) => `${report} ${period}`));
}

describe("the period that is due", () => {
  test.each([
    // 2024-03-09 is a Saturday, the end of a week.
    ["2024-03-10", "week", "2024-W10"],
    ["2024-03-09", "week", "2024-W09"],
    ["2024-03-10", "28 days", "28d-2024-03-09"],
    ["2024-03-09", "28 days", "28d-2024-03-02"],
    ["2024-03-01", "month", "2024-02"],
    ["2024-02-29", "month", "2024-01"],
    ["2024-03-31", "month", "2024-02"],
    ["2024-04-01", "quarter", "2024-Q1"],
    ["2024-03-31", "quarter", "2023-Q4"],
    ["2024-01-01", "quarter", "2023-Q4"]
  ] as const)("on %s is, by %s, %s: the last that ended before", (day, kind, name) => {
    expect(lastEndedBefore(day, kind, calendar).name).toBe(name);
  });

  test("is told by the local day of the time, not by the day in UTC", () => {
    const project = scheduled({monthly: "month"}, "monthly 0 20 31 * *");
    // In Los Angeles it is still 31 January.
    expect(periods(reckon(project, [], new Date("2024-02-01T05:00:00Z")))).toEqual(["monthly 2023-12"]);
  });
});

describe("what is due", () => {
  const project = scheduled(
    {meeting: "28 days", quarterly: "quarter"},
    "!meeting 0 6 * * 1",
    "quarterly 0 6 10 1,4,7,10 *"
  );

  test("takes only the latest time of each entry the first time", () => {
    expect(periods(reckon(project, [], new Date("2024-05-15T12:00:00Z")))).toEqual([
      "meeting 28d-2024-05-11",
      "quarterly 2024-Q1"
    ]);
  });

  test("catches up with every time since, and keeps what is open", () => {
    const first = reckon(project, [], new Date("2024-05-15T12:00:00Z"));
    const later = reckon(project, first, new Date("2024-07-10T13:00:00Z"));
    expect(later[0]?.open.map(({period}) => period.slice(4))).toEqual([
      "2024-05-11",
      "2024-05-18",
      "2024-05-25",
      "2024-06-01",
      "2024-06-08",
      "2024-06-15",
      "2024-06-22",
      "2024-06-29",
      "2024-07-06"
    ]);
    expect(later[1]?.open).toEqual([
      {period: "2024-Q1", due_at: "2024-04-10T13:00:00.000Z"},
      {period: "2024-Q2", due_at: "2024-07-10T13:00:00.000Z"}
    ]);
  });

  test("is the same whether one run or many have looked", () => {
    const ends = new Date("2024-08-31T12:00:00Z");
    const start = reckon(project, [], new Date("2024-05-15T12:00:00Z"));
    let often = start;
    for (let at = Date.parse("2024-05-15T17:00:00Z"); at <= ends.getTime(); at += 7 * 36e5) {
      often = reckon(project, often, new Date(at));
    }
    expect(reckon(project, often, ends)).toEqual(reckon(project, start, ends));
  });

  test("asks for a period once, however often its times come, also when it was made in between", () => {
    const hourly = scheduled({monthly: "month"}, "monthly 5 * * * *");
    const first = reckon(hourly, [], new Date("2024-05-15T12:00:00Z"));
    expect(periods(first)).toEqual(["monthly 2024-04"]);
    const made = first.map((one) => ({...one, open: []}));
    expect(periods(reckon(hourly, made, new Date("2024-05-31T12:00:00Z")))).toEqual([]);
    expect(reckon(hourly, made, new Date("2024-07-01T20:00:00Z"))[0]?.open).toEqual([
      {period: "2024-05", due_at: "2024-06-01T07:05:00.000Z"},
      {period: "2024-06", due_at: "2024-07-01T07:05:00.000Z"}
    ]);
  });

  test("counts issue and draft of a report apart, and several entries of either together", () => {
    const both = scheduled({monthly: "month"}, "monthly 0 6 2 * *", "!monthly 0 6 9 * *", "!monthly 0 18 9 * *");
    const reckoned = reckon(both, [], new Date("2024-05-10T12:00:00Z"));
    expect(reckoned.map(({issue, open}) => [issue, open.length])).toEqual([
      [null, 1],
      ["automatic", 1]
    ]);
    expect(reckoned[1]?.open[0]?.due_at).toBe("2024-05-09T13:00:00.000Z");
  });

  test("keeps what is open when the times are changed, and forgets a report that the schedule leaves out", () => {
    const first = reckon(project, [], new Date("2024-05-15T12:00:00Z"));
    const changed = scheduled({meeting: "28 days"}, "!meeting 0 7 * * 2");
    expect(periods(reckon(changed, first, new Date("2024-05-22T12:00:00Z")))).toEqual([
      "meeting 28d-2024-05-11",
      "meeting 28d-2024-05-18"
    ]);
  });

  test("drops open periods of another kind when the report's kind is changed", () => {
    const first = reckon(project, [], new Date("2024-05-15T12:00:00Z"));
    const changed = scheduled({meeting: "week", quarterly: "quarter"}, "!meeting 0 6 * * 1");
    expect(periods(reckon(changed, first, new Date("2024-05-20T14:00:00Z")))).toEqual(["meeting 2024-W20"]);
  });

  test("is nothing again where the clock was set back", () => {
    const first = reckon(project, [], new Date("2024-05-15T12:00:00Z")).map((one) => ({...one, open: []}));
    const back = reckon(project, first, new Date("2024-03-01T12:00:00Z"));
    expect(periods(back)).toEqual([]);
    expect(back[0]?.through).toBe("2024-05-15T12:00:00.000Z");
    expect(periods(reckon(project, back, new Date("2024-05-15T13:00:00Z")))).toEqual([]);
  });

  test("comes next at the earliest of all entries", () => {
    expect(nextOccurrence(project, new Date("2024-07-09T12:00:00Z"))?.toISOString()).toBe("2024-07-10T13:00:00.000Z");
    expect(nextOccurrence(scheduled({}), new Date("2024-07-09T12:00:00Z"))).toBeNull();
  });
});
