import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {countLoads} from "../../dist/actuals/count-loads.js";
import {columnsRead, rollupOf} from "../../dist/actuals/rollup.js";
import {answerKnown} from "../../dist/run/answer.js";
import {countKnown} from "../../dist/run/count-known.js";
import {countSql} from "../../dist/run/counted-rows.js";
import {openEngine} from "../../dist/warehouse/engine.js";
import {loadOf, writeProject, years} from "./attain-project.mjs";

const targetsInAll = 400;
const turns = 3;

const counted = {nature: "outcome", better: "none", unit: "incidents"};
const days = {better: "none", unit: "days"};
const share = {better: "none", unit: "share"};
const dates = {from: "occurred_on", to: "reported_on"};

/** One measure of each kind, over the incidents of a code list. */
const kinds = {
  rows: {...counted, count: "rows"},
  reported: {...counted, count: "rows", date: "reported_on"},
  sum: {...counted, sum: "crime_code"},
  distinct: {...counted, count: "distinct(csp_area)"},
  mean: {...days, mean: "crime_code"},
  median: {...days, median: "crime_code"},
  percentile: {...days, percentile: {of: "crime_code", at: 90}},
  least: {...days, min: "crime_code"},
  greatest: {...days, max: "crime_code"},
  share: {...share, share: {where: {status_code: "AO"}}},
  weighted: {...share, share: {where: {status_code: "AO"}, weight: "crime_code"}},
  within: {...share, share: {within: "7 days", ...dates}},
  duration: {...days, duration: dates},
  mean_duration: {...days, duration: {...dates, take: "mean"}},
  latest: {...days, latest: "rows"},
  open: {...days, latest: {until: "reported_on"}},
  rolling: {...counted, count: "rows", rolling: "3 months"},
  cumulative: {...counted, count: "rows", cumulative: {since: "2018-01-01"}}
};

function measuresOf() {
  return Object.fromEntries(
    ["part1", "violent", "homicide", "burglary", "vehicle"].flatMap((list, at) => [
      ...Object.entries(kinds).map(([kind, spec]) => [
        `${list}_${kind}`,
        {
          title: `${list} ${kind}`,
          ...spec,
          where: {crime_code: [110, 113, 121, 210, 220, 230, 310, 330, 510].slice(at)}
        }
      ]),
      [`${list}_ratio`, {title: `${list} ratio`, ratio: {of: `${list}_share`, to: `${list}_mean`}, ...days}]
    ])
  );
}

/** Three of four are asked of the whole period in every segment; the others of each month, of each Area, or of both. */
function targetsOf(measures) {
  const all = years.slice(1).flatMap((year) => Object.keys(measures).map((measure) => ({measure, year})));
  return all.slice(0, targetsInAll).map(({measure, year}, at) => ({
    target: `${measure}-${year}`,
    title: `${measure} of ${year}`,
    measure,
    goal: measures[measure].unit === "share" ? {at_least: "10%"} : {at_least: 1},
    period: String(year),
    at: "city",
    ...[{every: "month"}, {each: "area"}, {every: "quarter", each: "bureau"}, {by_segment: ["bureau", "area"]}][
      Math.min(at % 16, 3)
    ]
  }));
}

/**
 * The values of all targets, segments and parts out of facts of which nothing was counted before, against one query for
 * each target that gives the city's value alone, from the same file (those of which the whole row has a value are checked
 * to be the same). The queries are given a head start: they ask neither for segments nor for parts. They take turns.
 * What comes after the values (baselines, pace, status, sentences) is told apart.
 */
export async function* benchMixed({directory, facts, count, log}) {
  const measures = measuresOf();
  const project = await writeProject(directory, {measures, targets: targetsOf(measures)});
  const warehouse = join(directory, "warehouse");
  mkdirSync(join(warehouse, "loads"), {recursive: true});
  await withEngine(directory, (engine) =>
    engine.run(
      `copy (from '${facts}' order by record) to '${join(warehouse, "loads/facts.parquet")}' (format parquet, compression zstd)`
    )
  );
  const load = await loadOf(project, "loads/facts.parquet", 1);
  const known = {loads: [{...load.load, ...load}], refusals: [], as_of: load.at, definitions: null};
  const answer = await answerKnown(project, known, {through: null});
  const attained = await measure(() => answerKnown(project, known, {through: null}));
  const [ours, theirs] = [[], []];
  let again = null;
  for (let turn = 0; turn < turns; turn++) {
    rmSync(join(warehouse, "cache"), {recursive: true, force: true});
    ours.push(await measure(() => values(project, known, answer)));
    again = await measure(() => values(project, known, answer));
    theirs.push(await measure(() => withEngine(directory, (engine) => queryCity(engine, project, known, answer))));
    log(`mixed kinds: milepost ${told(ours.at(-1))}, queries ${told(theirs.at(-1))}`);
  }
  const [best, queries] = [least(ours), least(theirs)];
  const statements = await withEngine(directory, (engine) => statementsOf(engine, project, facts));
  const gain = queries.processor / best.processor;
  const rows = answer.rows.length.toLocaleString("en-US");
  yield {
    what: `${rows} rows of ${project.targets.length} targets of mixed kinds from ${count.toLocaleString("en-US")} facts, ${project.targets.length} queries`,
    measured: `${gain.toFixed(1)} x as long`,
    promised: "",
    kept: null,
    detail: `${project.measures.size} measures counted in ${statements} statement${statements === 1 ? "" : "s"}; all values ${told(best)}, from the cache ${told(again)}; queries for one number each ${told(queries)}: the best of ${turns}, ratio of processor time; with baselines, pace, parts and status ${told(attained)} from the cache`,
    rows: count,
    gain,
    milepost: best,
    from_cache: again,
    queries,
    attained
  };
}

/** What each row and part is made of, as attainment asks for it. */
async function values(project, known, {coverages, warehouse, measured}) {
  const actuals = await countKnown(project, known.loads, coverages, warehouse, new Set(project.measures.keys()));
  for (const {row, counted_to, parts} of measured) {
    const segment = {type: row.segment_type, code: row.segment};
    if (parts.length === 0) actuals.over(row.measure, segment, row.period_from, counted_to);
    for (const {segment: unit, period} of parts) actuals.over(row.measure, unit, period.from, period.to);
  }
  return actuals;
}

/** The query that `explain` prints, of each target's city. */
async function queryCity(engine, project, known, {coverages, warehouse, measured}) {
  for (const {row, counted_to: to, parts} of measured) {
    if (!row.binding) continue;
    const segment = {type: row.segment_type, code: row.segment};
    const asked = {project, knowledge: known, coverages, measure: row.measure, segment, from: row.period_from, to};
    const ended = parts.length > 0 ? {} : {known_to: row.through};
    const sql = countSql({...asked, ...ended}).replaceAll("'loads/", `'${warehouse}/loads/`);
    const {value} = await engine.columns(sql.replace(/;$/, ""));
    if (parts.length > 0 || row.actual_value === null) continue;
    if (Math.abs(Number(value[0]) - row.actual_value) > 1e-9 * Math.abs(row.actual_value)) {
      throw new Error(`${row.target}: ${row.actual_value}, by a query ${value[0]}: ${sql}`);
    }
  }
}

/** How many statements read the rows to count them. */
async function statementsOf(engine, project, facts) {
  let statements = 0;
  const counting = (run) => (sql, visit) => {
    statements += 1;
    return run(sql, visit);
  };
  const watched = {...engine, numbers: counting(engine.numbers), integers: counting(engine.integers)};
  const rollup = rollupOf(project, project.sources.get("crime-incidents"));
  await countLoads(watched, rollup, [`select ${columnsRead(rollup).join(", ")} from '${facts}'`]);
  return statements;
}

async function withEngine(folder, work) {
  const engine = await openEngine({temporary: join(folder, "engine"), reads: [], writes: [join(folder, "..")]});
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
}

function least(runs) {
  return runs.reduce((best, run) => (run.processor < best.processor ? run : best));
}

/** Seconds and processor seconds: the latter say what a busy machine hides. */
async function measure(work) {
  const before = process.cpuUsage();
  const began = performance.now();
  await work();
  const {user, system} = process.cpuUsage(before);
  return {seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6};
}

function told({seconds, processor}) {
  return `${seconds.toFixed(2)} s (processor ${processor.toFixed(2)} s)`;
}
