import {z} from "zod";

/*
 * The answers of a report as somebody would count them who has SQL and no milepost. Both trust that everything is
 * covered, and ask for no more than three sums a target and segment: to date, baseline, baseline to date.
 */

const sumsSchema = z.strictObject({
  target: z.string(),
  area: z.string(),
  actual: z.number(),
  baseline: z.number(),
  to_date: z.number()
});

/**
 * The rows are grouped once by day, Area and what the filters read, without the rows that no filter wants; then every
 * target is added up out of that small table.
 */
export async function analystRollup(engine, project, windows, rowsFile) {
  const targets = [...windows.values()].map((target) => ({...target, ...filterOf(project, target.measure)}));
  const codes = [...new Set(targets.flatMap((target) => target.codes))];
  const asked = Object.keys(conditions).filter((name) => targets.some(({also}) => also.includes(name)));
  await engine.run(`create temp table small as
    select ${["occurred_on", "area", "crime_code", ...asked.map((name) => `${conditions[name]} as ${name}`)].join(", ")}, count(*) as n
    from '${rowsFile}'
    where crime_code in (${codes.join(", ")})
    group by all`);
  const wanted = targets.flatMap(({target, codes: own, also, days}) =>
    own.map((code) => {
      const values = [...asked.map((name) => also.includes(name)), ...days.map((day) => `date '${day}'`)];
      return `('${target}', ${code}, ${values.join(", ")})`;
    })
  );
  await engine.run(`create temp table wanted as
    from (values ${wanted.join(", ")}) as w (${["target", "code", ...asked, "a1, a2, b1, b2, c1, c2"].join(", ")})`);
  const holds = asked.map((name) => ` and (small.${name} or not w.${name})`).join("");
  const rows = await engine.rows(
    `select
        w.target,
        small.area,
        coalesce(sum(n) filter (occurred_on between a1 and a2), 0)::double as actual,
        coalesce(sum(n) filter (occurred_on between b1 and b2), 0)::double as baseline,
        coalesce(sum(n) filter (occurred_on between c1 and c2), 0)::double as to_date
    from small
    join wanted w on w.code = small.crime_code and occurred_on between b1 and a2${holds}
    group by all`,
    sumsSchema
  );
  return bySegment(project, rows);
}

/**
 * Each target asked of all rows in one statement for its three sums by Area; bureaus and the city are added up of these.
 * That is the least that a query a target can cost: one for each sum, or for each of its segments, would read the file
 * three or dozens of times. It reads only the columns of its filter and the days of its windows, of which the file's
 * order (by year) lets the engine leave out the rest; milepost counts every day, of all measures at once, and keeps it.
 */
export async function queryPerTarget(engine, project, windows, rowsFile) {
  const rows = [];
  for (const {target, measure, days} of windows.values()) {
    const filter = filterOf(project, measure);
    const [a1, a2, b1, b2, c1, c2] = days.map((day) => `date '${day}'`);
    const found = await engine.rows(
      `select
          '${target}' as target,
          area,
          (count(*) filter (occurred_on between ${a1} and ${a2}))::double as actual,
          (count(*) filter (occurred_on between ${b1} and ${b2}))::double as baseline,
          (count(*) filter (occurred_on between ${c1} and ${c2}))::double as to_date
      from '${rowsFile}'
      where ${conditionOf(filter)}
          and occurred_on between ${b1} and ${a2}
      group by area`,
      sumsSchema
    );
    rows.push(...found);
  }
  return bySegment(project, rows);
}

/** Each target asked in one statement by day and Area, as a chart of it needs them; the sums are added up of the days. */
export async function dailyPerTarget(engine, project, windows, rowsFile) {
  const rows = [];
  for (const {target, measure, days} of windows.values()) {
    const filter = filterOf(project, measure);
    const found = await engine.columns(
      `select area, occurred_on::varchar as day, count(*)::double as n
      from '${rowsFile}'
      where ${conditionOf(filter)}
          and occurred_on between date '${days[2]}' and date '${days[1]}'
      group by all`
    );
    const sums = new Map();
    for (const [at, area] of found.area.entries()) {
      const own = sums.get(area) ?? {target, area, actual: 0, baseline: 0, to_date: 0};
      sums.set(area, own);
      const within = (from) => (found.day[at] >= days[from] && found.day[at] <= days[from + 1] ? found.n[at] : 0);
      own.actual += within(0);
      own.baseline += within(2);
      own.to_date += within(4);
    }
    rows.push(...sums.values());
  }
  return bySegment(project, rows);
}

/** By target its measure, its segments, and first and last day to date, of the baseline, of the baseline to date. */
export function windowsOf({measured, rows}) {
  const windows = new Map();
  for (const [at, {target, measure, segment_type: type, segment: code, period_from}] of rows.entries()) {
    const {baseline, counted_to} = measured[at];
    const to = `${baseline.from.slice(0, 4)}${counted_to.slice(4)}`.replace("02-29", "02-28");
    const days = [period_from, counted_to, baseline.from, baseline.to, baseline.from, to];
    const own = windows.get(target) ?? {target, measure, days, segments: []};
    own.segments.push({type, code});
    windows.set(target, own);
  }
  return windows;
}

/** What measures ask of a crime besides its code, by name: as a condition on its columns. */
const conditions = {csp: "csp_area is not null", metro: "on_metro", gang: "gang_retaliation"};

function filterOf({measures, codeLists}, name) {
  const {crime_code: code, csp_area, on_metro, gang_retaliation, ...other} = measures.get(name).where;
  const unknown = Object.keys(other);
  if (unknown.length > 0) throw new Error(`${name}: nothing is known by hand of ${unknown.join(", ")}`);
  const also = {csp: csp_area !== undefined, metro: on_metro === true, gang: gang_retaliation === true};
  return {
    codes: Array.isArray(code) ? code : codeLists.get(code.in),
    also: Object.keys(conditions).filter((one) => also[one])
  };
}

function conditionOf({codes, also}) {
  return [`crime_code in (${codes.join(", ")})`, ...also.map((name) => conditions[name])].join(" and ");
}

/** Areas added up to their bureaus and the city. */
function bySegment({roster}, rows) {
  const above = new Map();
  for (const {type, code, parent} of roster.segments) {
    if (type === "area") above.set(code, [`area ${code}`, `${parent.type} ${parent.code}`, "city LA"]);
  }
  const sums = new Map();
  for (const {target, area, actual, baseline, to_date} of rows) {
    const own = sums.get(target) ?? new Map();
    sums.set(target, own);
    for (const segment of above.get(area)) {
      const before = own.get(segment) ?? [0, 0, 0];
      own.set(segment, [before[0] + actual, before[1] + baseline, before[2] + to_date]);
    }
  }
  return sums;
}
