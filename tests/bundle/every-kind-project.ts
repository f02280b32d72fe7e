import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {addDays, type IsoDate} from "../../pipeline/calendar/iso-date.ts";

/**
 * A project with a target of every kind that a plan may hold, over invented extracts that anybody can count: what its
 * pages show must make sense for each of them. Its plan year is 2023-2024, counted through 31 March 2024.
 */

export const through = "2024-03-31";
const bureaus = ["Central", "South", "West", "Valley"];
const areas = ["Harbor", "Newton", "Rampart", "Hollenbeck", "Topanga", "Mission"];
const divisions = ["Gang and Narcotics", "Homicide", "Commercial Crimes", "Juvenile"];
const classes = [
  ["7-23", "2023-07-10", "2023-12-22"],
  ["9-23", "2023-09-11", "2024-02-23"],
  ["11-23", "2023-11-06", "2024-04-19"]
] as const;

const segments = [
  "city,all,Small Town,,,,,",
  ...bureaus.map((name, index) => `bureau,b${index},${name} Bureau,,city,all,,`),
  ...areas.map((name, index) => `area,${index + 1},${name},,bureau,b${index % 4},,`),
  ...divisions.map((name, index) => `division,d${index},${name} Division,,city,all,,`),
  ...classes.map(([name, from, to]) => `recruit_class,${name},Class ${name},,city,all,${from},${to}`)
];

const day = (column: string) => `{from: ${column}, type: date, formats: ["yyyy-MM-dd"]}`;

const source = (name: string, columns: string, measures: string, extra = "") => `
source: ${name}
title: ${name}, one row an entry
files: ["${name}.csv"]
delivery: snapshot
covers: {from: columns, first: first, last: last}
date: day
${extra}
columns:
  day: {from: Day, type: date, formats: ["yyyy-MM-dd"], required: true}
  first: {from: First, type: date, formats: ["yyyy-MM-dd"], required: true}
  last: {from: Last, type: date, formats: ["yyyy-MM-dd"], required: true}
${columns}
measures:
${measures}
`;

const sources = {
  events: source(
    "events",
    `  area: {from: Area, segment: area, required: true}
  kind: {from: Kind, type: text}
  seconds: {from: Seconds, type: integer}
  shift: {from: Shift, type: text}`,
    `  events: {title: Events, count: rows, where: {kind: [post, theft]}, nature: outcome, better: lower, unit: events}
  posts: {title: Posts, count: rows, where: {kind: post}, nature: output, better: higher, unit: posts}
  kinds: {title: Kinds of event, count: distinct(kind), nature: outcome, better: none, unit: kinds}
  mean_seconds: {title: Mean response time, mean: seconds, better: lower, unit: seconds}
  median_seconds: {title: Median response time, median: seconds, better: lower, unit: seconds}
  post_share: {title: Share of posts, share: {where: {kind: post}}, where: {kind: [post, theft]}, better: higher, unit: share}
  officers: {title: Officers on a shift, count: rows, where: {kind: duty}, nature: output, better: higher, unit: officers}`,
    "shift: shift"
  ),
  stock: source(
    "stock",
    "  shop: {from: Shop, type: text}",
    "  shops: {title: Illegal shops, latest: rows, better: lower, unit: shops}"
  ),
  staff: source(
    "staff",
    `  left: ${day("Left")}
  division: {from: Division, segment: division}
  mentor: {from: Mentor, type: boolean}`,
    `  sworn: {title: Sworn officers, latest: {until: left}, better: higher, unit: officers}
  mentors: {title: Registered mentors, latest: {until: left}, where: {mentor: true}, better: higher, unit: mentors}`
  ),
  recruits: source(
    "recruits",
    `  hired: ${day("Hired")}
  recruit_class: {from: Class, segment: recruit_class}
  woman: {from: Woman, type: boolean}`,
    `  women_share: {title: Women in a class, share: {where: {woman: true}}, better: higher, unit: share}
  within_90: {title: Hired within 90 days, share: {within: 90 days, from: day, to: hired}, better: higher, unit: share}`
  ),
  deliverables: source(
    "deliverables",
    `  what: {from: What, type: text}
  completed: ${day("Completed")}
  bureau: {from: Bureau, segment: bureau}`,
    ["report", "system", "manual", "director"]
      .map(
        (what) =>
          `  ${what}_done: {title: The ${what}, done: completed, where: {what: ${what}}, better: higher, unit: deliverables}`
      )
      .concat("  plan_done: {title: A plan, done: completed, where: {what: plan}, better: higher, unit: deliverables}")
      .join("\n")
  )
};

const period = "period: 2023-2024";
const last = "baseline: {period: previous}";

/** Id, title and the rest of each target, in the order of its kind. */
export const kinds: readonly (readonly [id: string, title: string, rest: string])[] = [
  [
    "change",
    "Events down 10%",
    `measure: events, goal: {change: -10%}, ${last}, by_segment: [bureau, area], ${period}`
  ],
  ["doubling", "Twice as many posts", `measure: posts, goal: {change: x2}, ${last}, ${period}`],
  ["more", "More posts than last year", `measure: posts, goal: {change: increase}, ${last}, ${period}`],
  ["points", "Share of posts up by 3 points", `measure: post_share, goal: {change: +3 points}, ${last}, ${period}`],
  [
    "seconds",
    "Response 12 seconds faster",
    `measure: mean_seconds, goal: {change: -12 seconds}, ${last}, by_segment: [bureau], ${period}`
  ],
  ["at-least", "At least 200 posts", `measure: posts, goal: {at_least: 200}, ${period}`],
  [
    "share",
    "At least 30% of events are posts",
    `measure: post_share, goal: {at_least: 30%}, by_segment: [bureau], ${period}`
  ],
  ["between", "Median response of 5 to 7 minutes", `measure: median_seconds, goal: {between: [300, 420]}, ${period}`],
  ["exactly", "Exactly three kinds of event", `measure: kinds, goal: {exactly: 3}, ${period}`],
  ["within", "Half of the recruits hired within 90 days", `measure: within_90, goal: {at_least: 50%}, ${period}`],
  ["weeks", "Four posts every week", `measure: posts, goal: {at_least: 4}, every: week, allow: 1, ${period}`],
  ["months", "More than 17 posts every month", `measure: posts, goal: {above: 17}, every: month, ${period}`],
  ["days", "A post on every day", `measure: posts, goal: {at_least: 1}, every: day, ${period}`],
  ["shifts", "Two officers on every shift", `measure: officers, goal: {at_least: 2}, every: shift, ${period}`],
  [
    "areas-months",
    "A post in each Area every month",
    `measure: posts, goal: {at_least: 1}, every: month, each: area, by_segment: [bureau], ${period}`
  ],
  [
    "observations",
    "Fewer than 100 illegal shops at all times",
    `measure: shops, goal: {below: 100}, every: observation, ${period}`
  ],
  ["stock", "At most 60 illegal shops", `measure: shops, goal: {at_most: 60}, ${period}`],
  [
    "sworn",
    "At least 40 sworn officers by the end of June",
    `measure: sworn, goal: {at_least: 40}, by: 2024-06-30, ${period}`
  ],
  ["bureaus", "Fifty posts in each bureau", `measure: posts, goal: {at_least: 50}, each: bureau, ${period}`],
  [
    "mentors",
    "A mentor in each division by the end of June",
    `measure: mentors, goal: {at_least: 1}, each: division, by: 2024-06-30, ${period}`
  ],
  [
    "classes",
    "Three of ten recruits of each class are women",
    `measure: women_share, goal: {at_least: 30%}, each: recruit_class, ${period}`
  ],
  [
    "report",
    "Publish the report by the end of the year",
    `measure: report_done, goal: {done: true}, by: 2023-12-31, ${period}`
  ],
  [
    "system",
    "Launch the system by the end of September",
    `measure: system_done, goal: {done: true}, by: 2024-09-30, period: 2023-2024`
  ],
  ["manual", "Write the manual by October", `measure: manual_done, goal: {done: true}, by: 2023-10-31, ${period}`],
  [
    "director",
    "Hire a director by the end of February",
    `measure: director_done, goal: {done: true}, by: 2024-02-29, ${period}`
  ],
  [
    "plans",
    "Each bureau writes a plan by February",
    `measure: plan_done, goal: {done: true}, each: bureau, by: 2024-02-29, ${period}`
  ],
  [
    "trained",
    "All trained within two years of the launch",
    `measure: manual_done, goal: {done: true}, by: {within: 24 months, after: system_done}, ${period}`
  ],
  [
    "to-be-set",
    "A goal for posts will be set by the end of the year",
    `measure: posts, goal: {to_be_set: {by: 2023-12-31}}, ${period}`
  ],
  ["watched", "Median response, watched", `measure: median_seconds, goal: {track: true}, ${period}`],
  [
    "not-known",
    "Women in classes of the year before",
    "measure: women_share, goal: {at_least: 30%}, period: 2022-07-01/2023-06-30"
  ]
];

/** Writes the project with its extracts into a folder, titles changed as wished. */
export function writeEveryKind(folder: string, titles: (title: string) => string = (title) => title): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  };
  write(
    "milepost.yaml",
    `title: Every kind of target
time_zone: America/Los_Angeles
calendar:
  week_starts: sunday
  fiscal_year_starts: 07-01
  plan_years: {2023-2024: {from: 2023-07-01, to: 2024-06-30}}
  shifts: [day, evening, night]
  classes: recruit_class
paths: {inbox: inbox, warehouse: warehouse, out: out}
segments: seeds/segments.csv
`
  );
  write(
    "seeds/segments.csv",
    `type,code,name,aliases,parent_type,parent_code,valid_from,valid_to\n${segments.join("\n")}\n`
  );
  for (const [name, text] of Object.entries(sources)) write(`sources/${name}.yaml`, text);
  write(
    "targets/all.yaml",
    kinds.map(([id, title, rest]) => `- {target: ${id}, title: ${JSON.stringify(titles(title))}, ${rest}}\n`).join("")
  );
  write(
    "reports/quarterly.yaml",
    `report: quarterly
title: Quarterly report
period: quarter
audience: Management
segments: [bureau, area]
sections: [summary, scorecard, goal-pages, data-quality, methods]
`
  );
  for (const [name, text] of Object.entries(extracts())) write(`inbox/${name}.csv`, text);
}

function extracts(): Record<string, string> {
  return {
    events: table("Day,First,Last,Area,Kind,Seconds,Shift", events(), "2022-07-01"),
    stock: table("Day,First,Last,Shop", stock(), "2023-07-01"),
    staff: table("Day,First,Last,Left,Division,Mentor", staff(), "2023-06-01"),
    recruits: table("Day,First,Last,Hired,Class,Woman", recruits(), "2023-07-01"),
    deliverables: table("Day,First,Last,What,Completed,Bureau", deliverables(), "2023-07-01")
  };
}

/** @param rows Day and what stands behind the coverage. */
function table(head: string, rows: readonly (readonly [IsoDate, string])[], first: IsoDate): string {
  return `${head}\n${rows.map(([at, rest]) => `${at},${first},${through},${rest}`).join("\n")}\n`;
}

function events(): [IsoDate, string][] {
  const rows: [IsoDate, string][] = [];
  for (let at = "2022-07-01", index = 0; at <= through; at = addDays(at, 1), index += 1) {
    const area = 1 + (index % areas.length);
    // A week of December without a post, and Mission without any.
    const isQuiet = at >= "2023-12-10" && at <= "2023-12-16";
    if (!isQuiet && index % 19 !== 0) rows.push([at, `${1 + (index % 5)},post,${300 + ((index * 37) % 200)},day`]);
    if (index % 3 === 0) rows.push([at, `${area},theft,${280 + ((index * 53) % 160)},night`]);
    if (at < "2023-07-01") continue;
    for (const [place, shift] of ["day", "evening", "night"].entries()) {
      const officers = (index * 3 + place) % 101 === 7 ? 1 : 2;
      for (let one = 0; one < officers; one += 1) rows.push([at, `${area},duty,,${shift}`]);
    }
  }
  return rows;
}

function stock(): [IsoDate, string][] {
  const counts = [84, 91, 99, 100, 97, 90, 82, 71, 66];
  return counts.flatMap((count, index) => {
    const at = addDays("2023-07-10", 30 * index);
    return Array.from({length: count}, (_, shop): [IsoDate, string] => [at, `shop ${shop}`]);
  });
}

function staff(): [IsoDate, string][] {
  return Array.from({length: 38}, (_, index): [IsoDate, string] => {
    const division = divisions[index % 3];
    const left = index % 13 === 5 ? "2024-01-15" : "";
    return [addDays("2023-06-02", index * 8), `${left},${division} Division,${index % 9 === 1 ? "true" : "false"}`];
  });
}

function recruits(): [IsoDate, string][] {
  return classes.flatMap(([name, from], place) =>
    Array.from({length: 10}, (_, index): [IsoDate, string] => {
      const day = addDays(from, index);
      const hired = index % 2 === 0 ? addDays(day, 60 + place) : index % 3 === 0 ? addDays(day, 100) : "";
      return [
        day,
        `${hired !== "" && hired <= through ? hired : ""},${name},${index < 3 - (place % 2) ? "true" : "false"}`
      ];
    })
  );
}

function deliverables(): [IsoDate, string][] {
  return [
    ["2023-07-01", "report,2024-02-12,"],
    ["2023-07-01", "system,,"],
    ["2023-07-01", "manual,2023-10-02,"],
    ["2023-07-01", "director,,"],
    ...bureaus.map((name, index): [IsoDate, string] => [
      "2023-07-01",
      `plan,${["2024-01-09", "2024-03-11", "2024-02-29", ""][index]},${name} Bureau`
    ])
  ];
}
