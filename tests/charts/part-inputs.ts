import type {AttainmentRow, Part} from "../../pipeline/attainment/contract.ts";
import {addCalendarMonths, addDays, daysIn, endOfMonthOf, type IsoDate} from "../../pipeline/calendar/iso-date.ts";
import type {CalendarStripInput, RosterInput, StockLineInput, TimelineInput} from "../../pipeline/charts/contract.ts";
import type {Segment} from "../../pipeline/config/roster.ts";
import {rowOf} from "./inputs.ts";

/** Parts of rows with `every` and `each`, invented, in the shape in which attainment hands them over. */

export function unitOf(type: string, code: string, name: string): Segment {
  return {type, code, name, aliases: [], parent: null, valid_from: null, valid_to: null};
}

const city = unitOf("city", "city", "Los Angeles");

export function partOf(changes: Partial<Part> = {}): Part {
  return {
    part: "sub_period",
    segment: city,
    period: {name: "2024-W02", from: "2024-01-07", to: "2024-01-13"},
    shift: null,
    due_on: null,
    done_on: null,
    actual_value: 4,
    numerator: null,
    denominator: null,
    baseline_value: null,
    target_value: 4,
    rows_counted: 4,
    verdict: "yes",
    final: true,
    late: false,
    reason: null,
    ...changes
  };
}

const missed = (value: number): Partial<Part> => ({actual_value: value, verdict: "no"});
const unknown: Partial<Part> = {
  actual_value: null,
  rows_counted: null,
  verdict: "unknown",
  final: false,
  reason: {code: "not_covered", detail: "2 of 7 days"}
};

/** @param gaps By index of the sub-period; "?" is not known. */
function withGaps(
  periods: readonly Part["period"][],
  gaps: Readonly<Record<number, number | "?">>,
  like: Partial<Part> = {}
) {
  return periods.map((period, index) => {
    const gap = gaps[index];
    return partOf({...like, period, ...(gap === undefined ? {} : gap === "?" ? unknown : missed(gap))});
  });
}

export function weeksOf(from: IsoDate, count: number): Part["period"][] {
  return Array.from({length: count}, (_, index) => {
    const day = addDays(from, 7 * index);
    const number = 1 + Math.floor((daysIn(`${day.slice(0, 4)}-01-01`, day) + 6) / 7);
    return {name: `${day.slice(0, 4)}-W${String(number).padStart(2, "0")}`, from: day, to: addDays(day, 6)};
  });
}

export function monthsFrom(from: IsoDate, count: number, length = 1): Part["period"][] {
  return Array.from({length: count}, (_, index) => {
    const day = addCalendarMonths(from, index * length);
    const to = endOfMonthOf(addCalendarMonths(day, length - 1));
    const name =
      length === 1
        ? day.slice(0, 7)
        : length === 3
          ? `FY2024-Q${index + 1}`
          : `${day.slice(0, 7)} and ${to.slice(5, 7)}`;
    return {name, from: day, to};
  });
}

export function daysFrom(from: IsoDate, count: number): Part["period"][] {
  return Array.from({length: count}, (_, index) => {
    const day = addDays(from, index);
    return {name: day, from: day, to: day};
  });
}

const counted = (numerator: number, denominator: number): Partial<AttainmentRow> => ({
  unit: "share",
  goal_kind: "at_least",
  numerator,
  denominator,
  actual_value: numerator / denominator,
  target_value: 1,
  baseline_value: null,
  baseline_to_date: null,
  status: "missed"
});

type Strip = Partial<CalendarStripInput> & Pick<CalendarStripInput, "every" | "parts">;

export function stripOf(changes: Strip, row: Partial<AttainmentRow> = {}): CalendarStripInput {
  const met = changes.parts.filter(({verdict}) => verdict === "yes").length;
  return {
    row: rowOf({
      title: "Four educational posts a week",
      ...counted(met, changes.parts.length),
      ...(changes.parts.length === 0 ? {actual_value: null, numerator: null, denominator: null} : {}),
      ...row
    }),
    each: null,
    unit: "posts",
    shape: "flow",
    goal: "at least 4 posts",
    allow: 0,
    to_come: [],
    ...changes
  };
}

const year = daysFrom("2023-07-01", 366);
const shiftNames = ["day", "evening", "night"];
const shifts = year.flatMap((day) => shiftNames.map((shift) => ({day, shift})));

export const bureaus = ["Central Bureau", "South Bureau", "West Bureau", "Valley Bureau"].map((name) =>
  unitOf("bureau", name, name)
);
export const areas = [
  "Central",
  "Rampart",
  "Southwest",
  "Hollenbeck",
  "Harbor",
  "Hollywood",
  "Wilshire",
  "West LA",
  "Van Nuys",
  "West Valley",
  "Northeast",
  "77th Street",
  "Newton",
  "Pacific",
  "North Hollywood",
  "Foothill",
  "Devonshire",
  "Southeast",
  "Mission",
  "Olympic",
  "Topanga"
].map((name, index) => unitOf("area", String(index + 1), name));

function pairs(units: readonly Segment[], periods: readonly Part["period"][], every: number): Part[] {
  return units.flatMap((segment, unit) =>
    periods.map((period, index) =>
      partOf({
        segment,
        part: "unit",
        period,
        ...((unit * 7 + index * 3) % every === 0 ? missed(2) : {}),
        ...(unit === 3 && index === 2 ? unknown : {})
      })
    )
  );
}

/** Each kind of calendar that a plan may ask for. */
export const strips: Readonly<Record<string, CalendarStripInput>> = {
  "the weeks of a year": stripOf({
    every: "week",
    parts: withGaps(weeksOf("2023-07-02", 39), {5: 3, 22: 0, 30: "?"}),
    to_come: weeksOf("2024-03-31", 13)
  }),
  months: stripOf({
    every: "month",
    parts: withGaps(monthsFrom("2023-07-01", 9), {4: 812}, {actual_value: 1204}),
    to_come: monthsFrom("2024-04-01", 3)
  }),
  "runs of two months": stripOf({
    every: "two months",
    parts: withGaps(monthsFrom("2023-07-01", 6, 2), {4: 1}, {actual_value: 2})
  }),
  quarters: stripOf(
    {
      every: "quarter",
      unit: "share",
      goal: "more than in the quarter before",
      parts: withGaps(monthsFrom("2023-07-01", 3, 3), {2: 0.281}, {actual_value: 0.305}),
      to_come: monthsFrom("2024-04-01", 1, 3)
    },
    {title: "More bikes tagged in each quarter than in the one before"}
  ),
  "nothing finished yet": stripOf(
    {every: "quarter", parts: [], to_come: monthsFrom("2023-07-01", 4, 3)},
    {status: "on_track"}
  ),
  days: stripOf({
    every: "day",
    parts: withGaps(year.slice(0, 275), {3: 0, 4: 1, 100: 3, 200: "?", 201: "?"}),
    to_come: year.slice(275)
  }),
  "days of one week": stripOf({every: "day", parts: withGaps(year.slice(0, 7), {3: 0})}),
  shifts: stripOf({
    every: "shift",
    unit: "officers",
    goal: "at least 12 officers",
    parts: shifts.slice(0, 824).map(({day, shift}, index) =>
      partOf({
        period: {...day, name: `${day.name} ${shift}`},
        shift,
        actual_value: 12,
        target_value: 12,
        ...(index % 97 === 50 ? missed(11) : {}),
        ...(index === 400 ? unknown : {})
      })
    ),
    to_come: shifts.slice(824).map(({day, shift}) => ({...day, name: `${day.name} ${shift}`}))
  }),
  "Areas by weeks": stripOf({
    every: "week",
    each: "area",
    parts: pairs(areas, weeksOf("2023-07-02", 39), 53),
    to_come: weeksOf("2024-03-31", 13)
  }),
  "bureaus by quarters": stripOf({
    every: "quarter",
    each: "bureau",
    parts: pairs(bureaus, monthsFrom("2023-07-01", 4, 3), 11)
  }),
  "Areas by days": stripOf({every: "day", each: "area", parts: pairs(areas, year, 211)})
};

export function rosterOf(
  changes: Partial<RosterInput> & Pick<RosterInput, "parts">,
  row: Partial<AttainmentRow> = {}
): RosterInput {
  const met = changes.parts.filter(({verdict}) => verdict === "yes").length;
  return {
    row: rowOf({
      title: "Each division has a mentor",
      ...counted(met, changes.parts.length),
      unit: "divisions",
      actual_value: met,
      target_value: changes.parts.length,
      due_on: "2024-06-30",
      status: "not_due",
      ...row
    }),
    each: "division",
    every: null,
    unit: "mentors",
    shape: "flow",
    goal: "at least 1 mentor",
    ...changes
  };
}

const unit = (segment: Segment, changes: Partial<Part>) =>
  partOf({
    part: "unit",
    segment,
    period: {name: "2023-2024", from: "2023-07-01", to: "2024-03-31"},
    target_value: 1,
    ...changes
  });

export const rosters: Readonly<Record<string, RosterInput>> = {
  divisions: rosterOf({
    parts: [
      "Gang and Narcotics",
      "Homicide",
      "Robbery-Homicide",
      "Commercial Crimes",
      "Detective Support and Vice",
      "Juvenile"
    ].map((name, index) =>
      unit(unitOf("division", name, name), {
        due_on: "2024-06-30",
        final: index !== 1 && index !== 4,
        ...(index === 1 || index === 4 ? {...missed(0), final: false} : {actual_value: 1 + (index % 3)}),
        ...(index === 3 ? unknown : {})
      })
    )
  }),
  Areas: rosterOf(
    {
      each: "area",
      unit: "events",
      goal: "at least 4 events",
      parts: areas.map((area, index) =>
        unit(area, {target_value: 4, ...(index % 5 === 2 ? missed(index % 4) : {actual_value: 4 + (index % 3)})})
      )
    },
    {title: "Four events in each Area", unit: "Areas", status: "missed"}
  ),
  classes: rosterOf(
    {
      each: "recruit_class",
      unit: "share",
      shape: "average",
      goal: "at least 30%",
      parts: ["Class 7-23", "Class 9-23", "Class 11-23"].map((name, index) =>
        unit(unitOf("recruit_class", name, name), {
          target_value: 0.3,
          ...(index === 1 ? missed(0.2) : {actual_value: 0.3077})
        })
      )
    },
    {title: "Women in each recruit class"}
  ),
  "deliverables of bureaus": rosterOf(
    {
      each: "bureau",
      unit: "plans",
      shape: "done",
      goal: "done",
      parts: bureaus.map((bureau, index) =>
        unit(bureau, {
          target_value: 1,
          due_on: "2023-12-31",
          ...(index === 0
            ? {...missed(1), done_on: "2024-02-12", late: true}
            : index === 1
              ? missed(0)
              : {actual_value: 1, done_on: "2023-12-11"})
        })
      )
    },
    {title: "Each bureau writes its plan"}
  ),
  "by the day each joined": rosterOf({
    each: "site",
    parts: ["Jordan Downs", "Nickerson Gardens", "Ramona Gardens"].map((name, index) =>
      unit(unitOf("site", name, name), {
        due_on: `2024-0${3 + index}-15`,
        ...(index === 1 ? {...missed(0), final: false} : {actual_value: 1})
      })
    )
  }),
  "below 0": rosterOf({
    each: "bureau",
    unit: "points",
    goal: "at least \u22121",
    parts: bureaus.map((bureau, index) =>
      unit(bureau, {target_value: -1, ...(index === 2 ? missed(-3) : {actual_value: index - 1})})
    )
  }),
  "of 90 people": rosterOf({
    each: "person",
    parts: Array.from({length: 90}, (_, index) =>
      unit(
        unitOf("person", `p${index}`, `Serial number ${1000 + index}`),
        index % 9 === 4 ? missed(0) : {actual_value: 1}
      )
    )
  }),
  nobody: rosterOf(
    {each: "bureau", parts: bureaus.map((bureau) => unit(bureau, unknown))},
    {actual_value: null, numerator: null, denominator: null, status: "no_data"}
  )
};

const deadline = (
  row: Partial<AttainmentRow>,
  shape: "done" | "flow" | "stock" = "done",
  each: string | null = null
) => ({
  row: rowOf({goal_kind: shape === "done" ? "done" : "at_least", unit: "reports", ...row}),
  reading: {every: null, each, shape},
  waits_for: row.due_on === null ? "24 months after the system is launched" : null
});

export const timeline: TimelineInput = {
  id: "timeline-goal-1",
  title: "Goal 1. Protect Los Angeles: what is due when",
  through: "2024-03-31",
  deadlines: [
    deadline({
      target: "a",
      title: "Publish the annual report on use of force",
      due_on: "2023-12-31",
      done_on: "2024-02-12",
      status: "missed",
      actual_value: 1
    }),
    deadline({
      target: "b",
      title: "Launch the system for media requests",
      due_on: "2024-09-30",
      status: "not_due",
      actual_value: 0
    }),
    deadline({target: "c", title: "Hire a director", due_on: "2024-02-29", status: "missed", actual_value: 0}),
    deadline({
      target: "d",
      title: "Write the manual on crisis response, with all parts that the commission asked for in its letter",
      due_on: "2023-10-31",
      done_on: "2023-10-02",
      status: "met",
      actual_value: 1
    }),
    deadline(
      {
        target: "e",
        title: "Each division has a mentor",
        due_on: "2024-06-30",
        status: "not_due",
        actual_value: 4,
        numerator: 4,
        denominator: 6,
        unit: "divisions"
      },
      "flow",
      "division"
    ),
    deadline({target: "f", title: "All units trained on it", due_on: null, status: "not_due", actual_value: 0}),
    deadline({
      target: "g",
      title: "Name the liaison",
      due_on: "2024-03-31",
      done_on: "2024-03-31",
      status: "met",
      actual_value: 1
    })
  ]
};

export function stockOf(changes: Partial<StockLineInput>, row: Partial<AttainmentRow> = {}): StockLineInput {
  return {
    row: rowOf({
      title: "Fewer than 100 illegal dispensaries",
      goal_kind: "below",
      unit: "dispensaries",
      target_value: 100,
      actual_value: 97,
      baseline_value: null,
      baseline_to_date: null,
      status: "on_track",
      status_reason: "97 on 31 March 2024; fewer than 100 needed.",
      ...row
    }),
    kind: "observed",
    points: [],
    unit: "dispensaries",
    goal: "fewer than 100",
    levels: [100],
    expected: [],
    due_on: null,
    ...changes
  };
}

const observed = (values: readonly (number | null)[], holds: (value: number) => boolean | null) =>
  values.map((value, index) => {
    const day = addDays("2023-07-10", index * 30);
    return {from: day, day, value, holds: value === null ? null : holds(value)};
  });
const monthly = (values: readonly (number | null)[], holds: (value: number) => boolean | null) =>
  monthsFrom("2023-07-01", values.length).map(({from, to}, index) => {
    const value = values[index]!;
    return {from, day: to, value, holds: value === null ? null : holds(value)};
  });

export const stocks: Readonly<Record<string, StockLineInput>> = {
  "observations below a level": stockOf({
    points: observed([90, 95, 99, 100, 98, null, 96, 94, 97], (value) => value < 100)
  }),
  "a stock on its way to its level": stockOf(
    {
      kind: "sampled",
      unit: "officers",
      goal: "at least 9,500",
      levels: [9500],
      due_on: "2024-06-30",
      points: monthly([9010, 9033, 9101, 9090, 9144, 9180, 9230, 9210, 9260], () => null),
      expected: Array.from({length: 366}, (_, index) => ({
        day: addDays("2023-07-01", index),
        value: 9010 + (490 * index) / 365
      }))
    },
    {title: "9,500 sworn officers", unit: "officers", actual_value: 9260, target_value: 9500, status: "at_risk"}
  ),
  "a share by month": stockOf(
    {
      kind: "month",
      unit: "share",
      goal: "at least 50%",
      levels: [0.5],
      points: monthly([0.41, 0.52, 0.47, 0.55, null, 0.61, 0.43, 0.5, 0.44], (value) => value >= 0.5)
    },
    {
      title: "Hired within 90 days",
      unit: "share",
      goal_kind: "at_least",
      actual_value: 0.482,
      target_value: 0.5,
      status: "at_risk"
    }
  ),
  "a median that is tracked": stockOf(
    {kind: "month", unit: "days", goal: null, levels: [], points: monthly([84, 91, 77], () => null)},
    {
      title: "Median days to hire",
      goal_kind: "track",
      unit: "days",
      actual_value: 84.5,
      target_value: null,
      status: "tracked",
      through: "2023-09-30"
    }
  ),
  "between two levels": stockOf(
    {
      kind: "month",
      unit: "minutes",
      goal: "between 5 and 7",
      levels: [5, 7],
      points: monthly([6.2, 6.9, 7.4, 4.8, 6.1, 6.6, 7.1, 6, 6.2, 6.4, 6.1, 6], (value) => value >= 5 && value <= 7)
    },
    {
      title: "Response time",
      unit: "minutes",
      goal_kind: "between",
      actual_value: 6.31,
      target_value: 7,
      through: "2024-06-30",
      status: "met"
    }
  ),
  "two levels close together": stockOf({levels: [100, 101], points: observed([20, 90, 99], () => null)}),
  "one observation of zero": stockOf({points: observed([0], (value) => value < 100)}, {actual_value: 0}),
  "many observations": stockOf({
    points: daysFrom("2023-07-01", 275).map(({from, to}, index) => ({
      from,
      day: to,
      value: 90 + ((index * 7) % 13),
      holds: 90 + ((index * 7) % 13) < 100
    }))
  })
};
