import {cpSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parse, stringify} from "yaml";
import {readProject} from "../../dist/config/read-project.js";
import {hashFile} from "../../dist/extract/file-bytes.js";
import {definitionHash} from "../../dist/ledger/identity.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const years = [2018, 2019, 2020, 2021, 2022, 2023];
const first = `${years[0]}-01-01`;
const last = `${years.at(-1)}-12-31`;
/** About as many as the portal's file has. */
const codesInAll = 140;

/** The offense codes of the code lists, and others to fill up. */
export function crimeCodes() {
  const listed = readFileSync(join(root, "seeds/code-lists.csv"), "utf8")
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",")[1]))
    // Lists of other things have words, and numbers of a digit.
    .filter((code) => code >= 100);
  const codes = [...new Set(listed)];
  for (let code = 800; codes.length < codesInAll; code += 1) if (!codes.includes(code)) codes.push(code);
  return codes;
}

/**
 * Rows of a load of crime incidents as the warehouse keeps them, in the portal's order: by year, Area, then day. A few
 * offenses are most of them, as in the real file.
 */
export async function writeFacts(engine, path, rows) {
  await engine.run(`copy (
    select row_number() over (order by year(occurred_on), area::integer, occurred_on, i) as record, * exclude (i)
    from (
        select
            i,
            (100000000 + i)::varchar as incident_id,
            date '${first}' + (hash(i * 8 + 1) % (date '${last}' - date '${first}' + 1)::ubigint)::integer as occurred_on,
            occurred_on + (hash(i * 8 + 2) % 30)::integer as reported_on,
            (1 + hash(i * 8 + 3) % 21)::varchar as area,
            [${crimeCodes().join(", ")}][1 + floor(${codesInAll} * pow((hash(i * 8 + 4) % 1000000) / 1e6, 2.5))::bigint]::bigint as crime_code,
            list_transform(range((hash(i * 8 + 5) % 4)::bigint), x -> lpad((hash(i * 8 + x) % 2200)::varchar, 4, '0')) as mo_codes,
            case when hash(i * 8 + 6) % 4 = 0 then 'AO' else 'IC' end as status_code,
            case when hash(i * 8 + 7) % 50 = 0 then 'Area ' || (hash(i) % 10)::varchar end as csp_area,
            hash(i * 8 + 9) % 80 = 0 as on_metro,
            hash(i * 8 + 10) % 400 = 0 as gang_retaliation
        from range(${rows}) as numbers (i)
    )
    order by record
  ) to '${path}' (format parquet, compression zstd)`);
}

/** A measure by years: every one is to fall by 5% against the year before, in the city, each bureau and each Area. */
function target(measure, year) {
  return {
    target: `${measure}-${year}`,
    title: `${measure} of ${year}`,
    measure,
    goal: {change: "-5%"},
    baseline: {period: "previous"},
    period: String(year),
    at: "city",
    by_segment: ["bureau", "area"]
  };
}

/**
 * A project with the repository's crime source and roster. Without measures it has the source's own.
 *
 * @param everyYear A target for each measure and year; else one for each measure, of one year after another.
 * @param targets These instead.
 */
export async function writeProject(folder, {measures = null, everyYear = false, targets: own = null} = {}) {
  const source = parse(readFileSync(join(root, "sources/crime-incidents.yaml"), "utf8"));
  if (measures !== null) source.measures = measures;
  const later = years.slice(1);
  const targets =
    own ??
    Object.keys(source.measures).flatMap((name, at) =>
      (everyYear ? later : [later[at % later.length]]).map((year) => target(name, year))
    );
  for (const part of ["sources", "targets", "reports", "seeds"]) mkdirSync(join(folder, part), {recursive: true});
  cpSync(join(root, "seeds"), join(folder, "seeds"), {recursive: true});
  writeFileSync(join(folder, "sources/crime-incidents.yaml"), stringify(source, {aliasDuplicateObjects: false}));
  writeFileSync(join(folder, "targets/all.yaml"), stringify(targets, {aliasDuplicateObjects: false}));
  writeFileSync(
    join(folder, "milepost.yaml"),
    stringify({
      title: "Bench",
      time_zone: "America/Los_Angeles",
      calendar: {week_starts: "sunday", fiscal_year_starts: "07-01"},
      paths: {inbox: "inbox", warehouse: "warehouse", out: "out"},
      segments: "seeds/segments.csv"
    })
  );
  const {project, diagnostics} = await readProject(folder);
  if (project === null) throw new Error(diagnostics.map(({message}) => message).join("\n"));
  return project;
}

/** Measures over single offenses and over groups of them that overlap. */
export function manyMeasures(count) {
  const codes = crimeCodes();
  return Object.fromEntries(
    Array.from({length: count}, (_, at) => {
      const size = at < codes.length ? 1 : 3 + (at % 10);
      const own = Array.from({length: size}, (_unused, next) => codes[(at * 11 + next * 3) % codes.length]);
      const where = {crime_code: own};
      return [`m${at}`, {title: `m${at}`, count: "rows", where, nature: "outcome", better: "lower", unit: "incidents"}];
    })
  );
}

/** A load of a rows file in the warehouse, as the ledger would tell of it. */
export async function loadOf(project, rows_file, sequence, days = [first, last]) {
  const source = project.sources.get("crime-incidents");
  const {sha256} = await hashFile(join(project.directory, "warehouse", rows_file));
  const areas = project.roster.segments.filter(({type}) => type === "area");
  const covered = areas.map(({code}) => ({partition: code, days: [days]}));
  const id = sha256.slice(0, 12);
  const load = {
    id,
    source: source.source,
    file: `crime-incidents-${sequence}.csv`,
    sha256,
    bytes: 1,
    definition: definitionHash(source, project.roster),
    rows_file,
    rows_sha256: sha256,
    extracted: null,
    covered,
    covers_said: null,
    columns: Object.keys(source.columns).filter((name) => source.columns[name].personal === undefined),
    kept: 1,
    synthetic: true,
    replaces: null
  };
  const receipt = {
    file: load.file,
    source: load.source,
    sha256,
    outcome: "loaded",
    load: id,
    records: 1,
    kept: 1,
    rejected: 0,
    rejects_by_reason: {},
    covered,
    months: [],
    columns: {mapped: [], missing: [], unknown: []},
    effects: null,
    diagnostics: []
  };
  return {load, receipt, sequence, at: "2024-01-05T12:00:00.000Z"};
}
