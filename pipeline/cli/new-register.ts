import {readFile} from "node:fs/promises";
import {join, relative, resolve} from "node:path";
import {parse} from "csv-parse/sync";
import {dayOf} from "../calendar/instant.ts";
import type {Project, ProjectSource, ProjectTarget} from "../config/project.ts";
import {registerTemplate} from "../config/register-template.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {formatCounted} from "../format/numbers.ts";
import {csvText} from "../warehouse/csv.ts";
import {createExclusively} from "../warehouse/safe-files.ts";
import type {Command, Context, Given} from "./context.ts";
import {openProject} from "./project.ts";

const usage = "milepost new register [SOURCE] [--from REGISTER.csv]";

/**
 * `milepost new register [SOURCE]`: writes the file that somebody keeps by hand, a row for each piece of work that a
 * target asks for, under today's day. With `--from` the rows of a register stay as they are, and only those of targets
 * that it lacks are added.
 */
export const newRegister: Command = async (given, context) => {
  const project = await openProject(given, context);
  const source = registerOf(project, given.positionals[1]);
  const targets = targetsOf(project, source);
  const before = await registerBefore(given, context, source);
  const {headers, rows} = registerTemplate(source, targets, project.roster, before.targets);
  const columns = before.headers ?? headers;
  const text = csvText(
    columns,
    rows.map((row) => Object.fromEntries(columns.map((header) => [header, row[header] || null])))
  );
  const file = fileName(source, dayOf(context.now(), project.settings.time_zone));
  const path = join(context.cwd, file);
  // Rows that people wrote stay as they wrote them, byte for byte.
  const whole = before.text === null ? text : before.text + text.slice(text.indexOf("\n") + 1);
  if (!(await createExclusively(path, whole))) throw new RunFailure([complain("file-is-there", {file}, {})]);
  const written = {file: relative(context.cwd, path), rows: rows.length, targets: targets.length};
  if (given.text("format") === "json") context.out(`${JSON.stringify(written, null, 2)}\n`);
  else context.out(words(file, rows.length, before.text !== null, source));
  return 0;
};

function words(file: string, rows: number, added: boolean, {title}: ProjectSource): string {
  const what = `${formatCounted(rows, "row")}${added ? " more" : ""}`;
  return `${file} is written, with ${what}: ${title}
Fill in what is done, save it as .csv or .xlsx under the day on which it is true, put it into the inbox, then: milepost load\n`;
}

/** The source with a register; the only one where none is named. */
function registerOf({sources}: Project, name: string | undefined): ProjectSource {
  const registers = [...sources.values()].filter(({register}) => register !== undefined);
  const named = name === undefined && registers.length === 1 ? registers[0] : sources.get(name ?? "");
  if (named?.register !== undefined) return named;
  const names = registers.map(({source}) => source);
  const problem =
    names.length === 0
      ? "no source of the project has a register"
      : name === undefined
        ? `say which register: ${names.join(", ")}`
        : `no register is called "${name}"; ${didYouMean(name, names)}`;
  throw new RunFailure([complain("bad-arguments", null, {command: "new", problem, usage})], 2);
}

/** Targets whose measure counts their own rows of this source. */
function targetsOf({targets, measures}: Project, {source}: ProjectSource): ProjectTarget[] {
  return targets.filter(({measure}) => {
    const counted = measures.get(measure);
    return counted?.of_target === true && counted.source === source;
  });
}

interface RegisterBefore {
  /** As it stands, with a line break at its end; null: none is given. */
  readonly text: string | null;
  readonly headers: readonly string[] | null;
  /** Ids of the targets that have a row. */
  readonly targets: ReadonlySet<string>;
}

async function registerBefore(given: Given, context: Context, source: ProjectSource): Promise<RegisterBefore> {
  const from = given.text("from");
  if (from === undefined) return {text: null, headers: null, targets: new Set()};
  const unreadable = (problem: string) => new RunFailure([complain("header-unreadable", {file: from}, {problem})]);
  if (!/\.csv$/i.test(from)) throw unreadable("it is no .csv file");
  const text = await readFile(resolve(context.cwd, from), "utf8").catch(() => null);
  if (text === null) throw new RunFailure([complain("extract-not-found", {file: from}, {})]);
  const records = recordsOf(text);
  const [headers = []] = records ?? [];
  const names = source.columns[source.register!.target]?.from ?? [];
  const at = headers.findIndex((header) => names.includes(header.trim()));
  if (records === null || at < 0) throw unreadable(`it has no column ${names.join(" or ")}`);
  const targets = new Set(records.slice(1).map((record) => (record[at] ?? "").trim()));
  return {text: text.endsWith("\n") ? text : `${text}\n`, headers, targets};
}

function recordsOf(text: string): string[][] | null {
  try {
    return parse(text, {bom: true, relax_column_count: true, skip_empty_lines: true}) as string[][];
  } catch {
    return null;
  }
}

/** The first of the source's names, with today in it where its names say a day. */
function fileName({files, covers, source}: ProjectSource, today: string): string {
  const [year = "", month = "", day = ""] = today.split("-");
  const pattern = covers.from === "file_name" ? covers.pattern : (files[0] ?? source);
  const filled = pattern
    .replaceAll("{yyyy}", year)
    .replaceAll("{MM}", month)
    .replaceAll("{dd}", day)
    .replaceAll("*", "");
  return /\.csv$/i.test(filled) ? filled : `${filled.replace(/\.[a-z]+$/i, "")}.csv`;
}
