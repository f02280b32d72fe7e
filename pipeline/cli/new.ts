import {open} from "node:fs/promises";
import {basename, dirname, isAbsolute, join, relative, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import type {ProjectMeasure} from "../config/project.ts";
import {type ReadableProject, readProject} from "../config/read-project.ts";
import {nameSchema} from "../config/scalars.ts";
import {schemaLine} from "../config/schema-line.ts";
import {starterReport} from "../config/starter-report.ts";
import {starterSource} from "../config/starter-source.ts";
import {starterTarget} from "../config/starter-target.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {createExclusively} from "../warehouse/safe-files.ts";
import type {Command, Context, Given} from "./context.ts";
import {newRegister} from "./new-register.ts";
import {projectDirectory} from "./project.ts";
import {plainName, proposeColumns} from "./propose-columns.ts";

/** Milepost's own, beside the program. */
const schemas = fileURLToPath(new URL("../../schemas", import.meta.url));

/** Enough for a header and some hundred records. */
const bytesLookedAt = 1 << 20;

const kinds = ["target", "source", "report"] as const;
type Kind = (typeof kinds)[number];
/** Options that only one of them takes. */
const ofKind: Readonly<Record<string, Kind>> = {measure: "target", plan: "target", from: "source"};

/** A file to be written, by its path in the project. */
interface Starter {
  readonly path: string;
  readonly text: string;
}

/**
 * `milepost new target|source|report NAME`: writes a commented file that passes `check` as it stands, and never over
 * another. It works on a project with faults too: a milestone without a target is one.
 */
export const newFile: Command = async (given, context) => {
  if (given.positionals[0] === "register") return newRegister(given, context);
  const {kind, name} = askedOf(given);
  const directory = projectDirectory(given, context);
  const {readable} = await readProject(directory);
  const named = readable.names.all.find((one) => one.kind === kind && one.name.toLowerCase() === name.toLowerCase());
  if (named !== undefined) {
    const first = `${named.place.file}:${named.place.line ?? 1}`;
    throw new RunFailure([complain("repeated-name", null, {kind, name, first})]);
  }
  const starters = await startersOf(kind, name, readable, given, context);
  for (const {path, text} of starters) {
    const absolute = join(directory, path);
    if (!(await createExclusively(absolute, `${schemaLine(path, schemasFrom(absolute))}\n${text}`)))
      throw new RunFailure([complain("file-is-there", {file: path}, {})]);
  }
  const files = starters.map(({path}) => path);
  if (given.text("format") === "json") context.out(`${JSON.stringify({files}, null, 2)}\n`);
  else context.out(`${files.map((file) => `${file} is written`).join("\n")}\nFill it in, then: milepost check\n`);
  return 0;
};

function askedOf(given: Given): {kind: Kind; name: string} {
  const [word = "", name = ""] = given.positionals;
  const kind = kinds.find((one) => one === word);
  const usage = "milepost new target|source|report NAME, or milepost new register";
  const wrong = (problem: string) =>
    new RunFailure([complain("bad-arguments", null, {command: "new", problem, usage})], 2);
  if (kind === undefined) throw wrong(`it can't write a "${word}"; ${didYouMean(word, [...kinds, "register"])}`);
  if (name === "") throw wrong(`the name of the ${kind} is missing`);
  const {error} = nameSchema.safeParse(name);
  if (error !== undefined) throw wrong(`the name "${name}" ${error.issues[0]?.message ?? "can't be used"}`);
  for (const [option, only] of Object.entries(ofKind)) {
    if (given.text(option) !== undefined && only !== kind) throw wrong(`--${option} is for a new ${only}`);
  }
  return {kind, name};
}

async function startersOf(
  kind: Kind,
  name: string,
  readable: ReadableProject,
  given: Given,
  context: Context
): Promise<Starter[]> {
  if (kind === "source") return [await sourceStarter(name, readable, given, context)];
  const [, ...types] = readable.roster?.types ?? [];
  if (kind === "report") {
    const [measure = null] = [...readable.measures.keys()];
    return [{path: `reports/${name}.yaml`, text: starterReport({name, types, measure})}];
  }
  if (readable.measures.size > 0) return [targetStarter(name, readable, null, given, context)];
  // A target counts something: where there is nothing yet, a source that counts its rows comes with it.
  const source = await sourceStarter(name, readable, given, context);
  const measure = {
    name: measureName(name, readable),
    title: "To be written",
    shape: "flow",
    better: "none",
    unit: "rows"
  };
  return [source, targetStarter(name, readable, measure as ProjectMeasure, given, context)];
}

function targetStarter(
  name: string,
  {settings, roster, measures, plans}: ReadableProject,
  only: ProjectMeasure | null,
  given: Given,
  context: Context
): Starter {
  const [, ...types] = roster?.types ?? [];
  const asked = given.text("measure");
  const measure = only ?? (asked === undefined ? firstOf(measures) : measures.get(asked));
  if (measure === undefined) {
    const suggestion = didYouMean(asked ?? "", measures.keys());
    throw new RunFailure([complain("unknown-measure", null, {measure: asked ?? "", suggestion})]);
  }
  const wanted = given.text("plan");
  const owner = plans.find(({milestones}) => milestones.has(name));
  const plan =
    wanted === undefined
      ? (owner ?? (plans.length === 1 ? plans[0] : undefined))
      : plans.find((one) => one.plan.plan === wanted);
  if (wanted !== undefined && plan === undefined) {
    const problem = `no plan is called "${wanted}"; ${didYouMean(
      wanted,
      plans.map((one) => one.plan.plan)
    )}`;
    const usage = "milepost new target NAME --plan PLAN";
    throw new RunFailure([complain("bad-arguments", null, {command: "new", problem, usage})], 2);
  }
  const milestone = plan?.milestones.get(name);
  // A milestone that says why it has no target must not have one: whoever writes it takes the reason away first.
  const drawn = milestone !== undefined && milestone.not_measured === undefined ? milestone : null;
  const planYears = Object.keys(settings?.calendar.plan_years ?? {});
  const period = drawn?.plan_year === undefined ? (planYears[0] ?? String(context.now().getUTCFullYear())) : null;
  const others = [...measures.keys()].filter((one) => one !== measure.name);
  const cited = drawn === null ? null : {id: drawn.milestone, title: drawn.title};
  const text = starterTarget({name, measure, others, period, milestone: cited, types});
  return {path: `${plan?.folder ?? "targets"}/${name}.yaml`, text};
}

/** The first that has a value in any period. */
function firstOf(measures: ReadonlyMap<string, ProjectMeasure>): ProjectMeasure | undefined {
  const all = [...measures.values()];
  return all.find(({cumulative}) => cumulative === undefined) ?? all[0];
}

async function sourceStarter(
  name: string,
  readable: ReadableProject,
  given: Given,
  context: Context
): Promise<Starter> {
  const path = `sources/${name}.yaml`;
  const measure = measureName(name, readable);
  const from = given.text("from");
  if (from === undefined) {
    const type = readable.roster?.types.at(-1);
    const plain = {position: null, formats: [], required: false, note: null};
    const columns = [
      {...plain, name: "number", header: "Number", kind: "text" as const},
      {...plain, name: "date", header: "Date", kind: "date" as const, formats: ["yyyy-MM-dd"], required: true},
      ...(type === undefined ? [] : [{...plain, name: "segment", header: "Area", kind: {segment: type}}]),
      {...plain, name: "kind", header: "Kind", kind: "text" as const},
      {...plain, name: "birth", header: "Date of birth", kind: "personal" as const, note: "never reaches the warehouse"}
    ];
    const files = {files: `${name}-*.csv`, pattern: `${name}-{yyyy}-{MM}*`, csv: {}};
    return {path, text: starterSource({name, measure, ...files, columns, date: "date", from: null})};
  }
  const {text, encoding} = await beginningOf(from, context);
  const proposed = proposeColumns(text, readable.roster);
  if (proposed === null) throw unreadable(from, "it has no header with a record below it");
  const {columns, date, delimiter} = proposed;
  if (date === null) throw unreadable(from, "no column holds a day in each of its first records");
  const csv = {...(delimiter === "," ? {} : {delimiter}), ...(encoding === "utf-8" ? {} : {encoding})};
  const start = {name, measure, ...fileNames(basename(from)), csv, columns, date, from: basename(from)};
  return {path, text: starterSource(start)};
}

/** fileNames("bookings-2024-06.csv") //=> {files: "bookings-*.csv", pattern: "bookings-{yyyy}-{MM}*"} */
function fileNames(file: string): {files: string; pattern: string | null} {
  const dated = /(?<!\d)([12]\d{3})([-_.]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)/.exec(file);
  if (dated === null) return {files: file, pattern: null};
  const [said, , between = "", , day] = dated;
  const before = file.slice(0, dated.index);
  // From one day to another: the pattern of a name says one day, month or year.
  const another = /(?<!\d)[12]\d{3}(?!\d)/.test(file.slice(dated.index + said.length));
  if (another) return {files: `${before}*.csv`, pattern: null};
  const pattern = `${before}{yyyy}${between}{MM}${day === undefined ? "" : `${between}{dd}`}*`;
  return {files: `${before}*.csv`, pattern};
}

async function beginningOf(from: string, {cwd}: Context): Promise<{text: string; encoding: string}> {
  if (!/\.csv$/i.test(from)) throw unreadable(from, "it is no .csv file");
  const file = await open(resolve(cwd, from)).catch(() => null);
  if (file === null) throw new RunFailure([complain("extract-not-found", {file: from}, {})]);
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(bytesLookedAt), 0, bytesLookedAt, 0);
    const whole = bytesRead < bytesLookedAt;
    const bytes = buffer.subarray(0, bytesRead);
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    // Of a longer file the last line is cut off, in the middle of a letter it may be.
    const end = whole || utf16 ? bytes.length : bytes.lastIndexOf(10);
    return decoded(bytes.subarray(0, end), utf16);
  } finally {
    await file.close();
  }
}

function decoded(bytes: Uint8Array, utf16: boolean): {text: string; encoding: string} {
  if (utf16) return {text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16"};
  try {
    return {text: new TextDecoder("utf-8", {fatal: true}).decode(bytes), encoding: "utf-8"};
  } catch {
    return {text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252"};
  }
}

function unreadable(file: string, problem: string): RunFailure {
  return new RunFailure([complain("header-unreadable", {file}, {problem})]);
}

/** A name that no other measure has. */
function measureName(name: string, {names}: ReadableProject): string {
  const taken = new Set(names.all.filter(({kind}) => kind === "measure").map((one) => one.name.toLowerCase()));
  const plain = plainName(name);
  let free = plain;
  for (let count = 2; taken.has(free); count += 1) free = `${plain}_${count}`;
  return free;
}

/** The folder of the schemas as seen from a file's own; on another drive, as a URL. */
function schemasFrom(file: string): string {
  const path = relative(dirname(file), schemas);
  return isAbsolute(path) ? pathToFileURL(path).href : path.replaceAll("\\", "/");
}
