import {join} from "node:path";
import type {AttainmentRow, Measured} from "../attainment/contract.ts";
import {readAssets} from "../bundle/assets.ts";
import {type Bundle, buildBundle} from "../bundle/bundle.ts";
import {readBundle, restoreFormer, writeBundle} from "../bundle/bundle-folder.ts";
import type {BundleRequest} from "../bundle/contract.ts";
import {knowledgeHash} from "../bundle/manifest.ts";
import {bindingRows} from "../bundle/page.ts";
import {type PaperBeside, paperBeside} from "../bundle/paper-beside.ts";
import {isLong} from "../bundle/plan-order.ts";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Period} from "../calendar/period.ts";
import {drawChart} from "../charts/render-svg.ts";
import type {Goal} from "../config/goal.ts";
import type {Project} from "../config/project.ts";
import type {Report} from "../config/report.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import type {LedgerEntry} from "../ledger/contract.ts";
import {storeDefinitions} from "../ledger/definitions.ts";
import {readLedger} from "../ledger/entries.ts";
import {knowledge} from "../ledger/knowledge.ts";
import {dataRows} from "../status/data-rows.ts";
import {answer, projectOf, type Question} from "./answer.ts";
import {comparedMeasures, comparisonsOf} from "./comparisons.ts";
import {tellingDiskFaults} from "./disk-faults.ts";
import type {Draw} from "./drawn-for-both.ts";
import {sweepShelf} from "./leftovers.ts";
import {monthlyActuals} from "./monthly-actuals.ts";
import {projectPaths} from "./paths.ts";
import type {Tell} from "./progress.ts";
import {registeredRows} from "./registered-rows.ts";
import {reportCharts} from "./report-charts.ts";
import {reportPeriod} from "./report-period.ts";
import {reportedMeasures, reportedResults} from "./reported-results.ts";
import {withScratch} from "./scratch.ts";

/** What is asked of a report; period and through may be left to it. */
export type ReportQuestion = Pick<Question, "asOf" | "definitions"> & {
  /** Name of the report. */
  readonly report: string;
  readonly period: Period | null;
  readonly through: IsoDate | null;
};

/** What publishing touches besides the project's folder. */
export interface PublishEffects {
  /** The only clock: the time of an issue's entry. */
  readonly now: () => Date;
  /** Milepost's own version. */
  readonly version: string;
  /** Absolute; where bundles go instead of the project's own folder for them. */
  readonly out?: string | undefined;
  /** Whether each chart is also given as PNG. */
  readonly png?: boolean;
  /** What is being done now, and how far it is. */
  readonly progress?: Tell;
}

export interface Published {
  readonly outcome: "written" | "unchanged";
  readonly report: string;
  readonly period: string;
  /** Null for a draft. */
  readonly number: number | null;
  /** Absolute. */
  readonly folder: string;
  /** The report in two lines. */
  readonly summary: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/** A report that is ready to be made: what it is of, and what is known for it. */
export interface Prepared {
  readonly project: Project;
  readonly report: Report;
  readonly period: Period;
  readonly through: IsoDate;
  readonly question: ReportQuestion;
  /** The ledger as it was read: it takes a while, so that others read only what came since. */
  readonly entries: readonly LedgerEntry[];
  /** SHA-256 of what it is made from. */
  readonly hash: string;
  /** Absolute: where the bundles of this report, period and edition stand. */
  readonly shelf: string;
  /** The same, relative to the folder of all bundles, with forward slashes. */
  readonly shelfName: string;
}

/**
 * Makes a draft of a report in `<out>/<report>/<period>/internal/draft`, in place of the former one. A draft that
 * would come out the same is left as it is.
 *
 * @throws RunFailure when the report or its period is not to be had, or the folder can't be written.
 */
export async function makeDraft(
  project: Project,
  question: ReportQuestion,
  effects: PublishEffects
): Promise<Published> {
  return tellingDiskFaults(async () => {
    const prepared = await prepare(project, question, effects);
    await sweepShelf(prepared.shelf, await readLedger(projectPaths(project).warehouse, prepared.entries));
    await restoreFormer(join(prepared.shelf, "draft"));
    const folder = join(prepared.shelf, "draft");
    const {report, period} = prepared;
    const about = {report: report.report, period: period.name, number: null, folder};
    const bundle = await makeBundle(prepared, null, effects);
    const {summary} = bundle;
    const former = await readBundle(folder);
    if (former?.manifest_sha256 === bundle.manifest_sha256) {
      return {...about, outcome: "unchanged", summary, warnings: warningsOf(bundle)};
    }
    await writeBundle(folder, bundle.files);
    return {...about, outcome: "written", summary, warnings: warningsOf(bundle)};
  });
}

/** What a bundle is made by. */
export type Making = Pick<Prepared, "project" | "report" | "period" | "through" | "question" | "entries">;

/** Finds out what is to be made and from what, without counting anything. */
export async function prepare(today: Project, question: ReportQuestion, effects: PublishEffects): Promise<Prepared> {
  const {warehouse, out} = projectPaths(today);
  const entries = await readLedger(warehouse);
  const known = knowledge(entries, question.asOf);
  const project = await projectOf(today, known, question);
  const report = project.reports.get(question.report);
  if (report === undefined) {
    const known = [...project.reports.keys()];
    throw new RunFailure(
      [complain("unknown-report", null, {report: question.report, known, earlier: project !== today})],
      2
    );
  }
  const period = reportPeriod(project, report, question.period, known);
  const through = question.through ?? period.to;
  if (through < period.from || through > period.to) {
    const {name, from, to} = period;
    throw new RunFailure([complain("through-outside", null, {through, period: name, from, to})], 2);
  }
  const made = {report: report.report, period: period.name, through, edition: "internal" as const};
  const {definitions} = project;
  const hash = knowledgeHash({
    loads: known.loads,
    refusals: known.refusals,
    retracted: known.retracted,
    definitions,
    ...made,
    milepost: effects.version
  });
  // A period of any days is named with a slash.
  const shelfName = `${report.report}/${period.name.replaceAll("/", "_")}/internal`;
  return {
    project,
    report,
    period,
    through,
    question,
    entries,
    hash,
    shelfName,
    shelf: join(effects.out ?? out, shelfName)
  };
}

/** Counts, judges, draws and sets the whole bundle, in memory; stores the definitions it is made by. */
export async function makeBundle(
  {project, report, period, through, question, entries}: Making,
  issue: {readonly number: number; readonly by: string} | null,
  {version, png = false, progress = () => {}}: PublishEffects
): Promise<Bundle> {
  const file = `${report.report} ${period.name}`;
  const tell: Tell = (told) => progress(typeof told === "string" ? `${file}: ${told}` : {...told, file});
  tell("reading what is known");
  const measures = [...comparedMeasures(report), ...reportedMeasures(project, report)];
  const answered = await answer(project, {...question, period, until: period.to, measures}, tell, entries);
  await storeDefinitions(answered.warehouse, answered.project.files, answered.project.definitions);
  const {knowledge: known, project: used} = answered;
  const made = {report: report.report, period: period.name, through, edition: "internal" as const};
  // Of what was counted: a load may have been committed since the report was prepared.
  const hash = knowledgeHash({
    loads: known.loads,
    refusals: known.refusals,
    retracted: known.retracted,
    definitions: used.definitions,
    ...made,
    milepost: version
  });
  const isShown = shownBy(used, report);
  const shown = answered.rows.filter(isShown);
  const measured = answered.measured.filter((_, index) => isShown(answered.rows[index]!));
  const comparisons = comparisonsOf(answered, report, through);
  const assets = await readAssets();
  return withScratch(answered.warehouse, async (scratch) => {
    // Typst is loaded, and reads the drawings, while they are made.
    const paper = paperBeside(assets, scratch);
    try {
      tell("drawing charts");
      const draw = drawing(tell, shown, paper);
      const charts = await reportCharts(answered, shown, report, comparisons, draw);
      const registered = report.sections.includes("owner-pages") ? await registeredRows(answered) : null;
      tell("writing pages, paper and data");
      // Loaded only where it is wanted, which is seldom.
      const renderPng = png ? (await import("../charts/render-png.ts")).renderPng : null;
      const request: BundleRequest = {
        project: used,
        report,
        period,
        through,
        edition: "internal",
        issue,
        rows: shown,
        data: () => dataRows(measured, shown),
        knowledge: known,
        coverages: answered.coverages,
        knowledge_sha256: hash,
        charts,
        goals: goalsInForce(measured),
        registered,
        reported: reportedResults(answered, report, through),
        comparisons,
        png,
        actuals: () => monthlyActuals(answered, shown, comparisons),
        milepost: version,
        scratch
      };
      return await buildBundle(request, assets, {renderPng, paper});
    } finally {
      await paper.end();
    }
  });
}

/** Binding rows and those of the report's segments, of the sources that it is kept to. */
function shownBy({measures}: Project, {segments, sources}: Report): (row: AttainmentRow) => boolean {
  const isOf = (name: string) => sources.length === 0 || sources.includes(measures.get(name)?.source ?? "");
  return ({binding, segment_type, measure}) => (binding || segments.includes(segment_type)) && isOf(measure);
}

/** Of binding rows whose goal is no more the first. */
function goalsInForce(measured: readonly Measured[]): ReadonlyMap<string, Goal> {
  return new Map(
    measured.flatMap(({row, goal, original}) =>
      row.binding && goal !== null && original !== null ? [[row.target, goal] as const] : []
    )
  );
}

/** Draws, and says for who watches how many charts there are so far. */
function drawing(tell: Tell, shown: readonly AttainmentRow[], paper: PaperBeside): Draw {
  let drawn = 0;
  return {
    chart: async (chart) => {
      drawn += 1;
      tell({file: "", what: "drawing", done: drawn, of: null, share: null, unit: "charts"});
      return drawChart(chart);
    },
    onPaper: paper.expect,
    isNarrow: isLong(bindingRows(shown))
  };
}

/** What somebody should know although the bundle is made. */
export function warningsOf({unprintable}: Bundle): Diagnostic[] {
  return unprintable.length === 0
    ? []
    : [complain("characters-not-printed", null, {characters: unprintable}, "warning")];
}
