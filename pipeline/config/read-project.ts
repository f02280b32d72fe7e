import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {checkCalendar} from "./check-calendar.ts";
import {checkChains} from "./check-chains.ts";
import {checkRatios} from "./check-measure.ts";
import {checkPlan} from "./check-plan.ts";
import {checkReport, type ReportContext} from "./check-report.ts";
import {checkSchedule} from "./check-schedule.ts";
import {checkSource} from "./check-source.ts";
import {checkTarget, type PlanAt} from "./check-target.ts";
import {hashDefinitions, readDefinitionFiles, settingsFile} from "./definition-files.ts";
import type {References} from "./goal.ts";
import {withMeasuresOfTargets} from "./measures-of-targets.ts";
import {type Names, namesIn, repeatedNames} from "./names.ts";
import {planSchema} from "./plan.ts";
import type {DefinitionFile, Project, ProjectMeasure, ProjectSource, ProjectTarget} from "./project.ts";
import {withRatiosOfStocks} from "./ratio-shapes.ts";
import {readCodeLists} from "./read-code-lists.ts";
import {readReferences} from "./read-references.ts";
import {readRoster} from "./read-roster.ts";
import {readYaml} from "./read-yaml.ts";
import {type Report, reportSchema} from "./report.ts";
import {resolveMeasure} from "./resolve-measure.ts";
import type {Roster} from "./roster.ts";
import {checkShape} from "./schema-faults.ts";
import {type Settings, settingsSchema} from "./settings.ts";
import {type Source, sourceSchema} from "./source.ts";
import {targetFileSchema} from "./target.ts";
import {inPlanOrder} from "./target-order.ts";
import {readText} from "./text-file.ts";
import {brokenYaml, type YamlFile} from "./yaml-file.ts";

/** What could be read of a project, faults or none; null where a file could not. */
export interface ReadableProject {
  readonly settings: Settings | null;
  readonly roster: Roster | null;
  /** All names that the files give. */
  readonly names: Names;
  /** Of sources without a fault in their form, in order of the files. */
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  readonly plans: readonly PlanAt[];
}

/**
 * Reads a project's definitions and holds them against one another; needs no data. A folder of stored definitions is
 * read alike.
 *
 * @param directory Absolute path of the folder with milepost.yaml.
 * @param found Its files, where they have been read.
 * @returns All faults of all files in order of file, line and column; the project, null when one of them is an error;
 *   and what could be read all the same.
 */
export async function readProject(
  directory: string,
  found: ReturnType<typeof readDefinitionFiles> = readDefinitionFiles(directory)
): Promise<{project: Project | null; diagnostics: Diagnostic[]; readable: ReadableProject}> {
  const {files, diagnostics: fileFaults} = found;
  const faults = [...fileFaults];
  const report = (found: readonly Diagnostic[]) => faults.push(...found);

  const yamls = await Promise.all(files.filter(({path}) => path.endsWith(".yaml")).map(readYamlFile));
  const names = namesIn(yamls);
  const settings = readSettings(yamls, names.of("report"), report);
  const roster = readRosterFile(settings, yamls, files, report);
  const settingsYaml = yamls.find(isSettings);
  if (settings !== null && settingsYaml !== undefined) report(checkCalendar(settings.calendar, settingsYaml, roster));
  const codeLists = readCodeListFile(files, report);
  const references = readReferenceFile(files, report);
  report(repeatedNames(names));

  const sourceFiles = readSources(yamls, roster, codeLists, report);
  const sources = new Map(sourceFiles.map(({source}) => [source.source, source]));
  const measures = withMeasuresOfTargets(measuresOf(sources, roster), sources, names.namedMeasures);
  for (const {source, yaml} of sourceFiles)
    report(checkRatios(source, yaml, {measures, measureNames: names.of("measure")}));
  const plans = readPlans(yamls, settings, names, report);
  const targets = readTargets(yamls, {settings, roster, references, names, sources, measures, plans}, report);
  const [measureNames, sourceNames] = [names.of("measure"), names.of("source")];
  const reports = readReports(yamls, {roster, sources, measures, measureNames, sourceNames}, report);

  const diagnostics = inOrder(faults);
  const readable = {settings, roster, names, measures, plans};
  const failed = diagnostics.some(({severity}) => severity === "error");
  if (failed || settings === null || roster === null) return {project: null, diagnostics, readable};
  const project: Project = {
    directory,
    files,
    definitions: hashDefinitions(files),
    settings,
    calendar: settings.calendar,
    roster,
    codeLists: codeLists ?? new Map(),
    references: references ?? new Map(),
    sources,
    measures,
    targets: inPlanOrder(targets, settings.calendar),
    plans: plans.map(({plan}) => plan),
    reports
  };
  return {project, diagnostics, readable};
}

type ReportFaults = (found: readonly Diagnostic[]) => void;

async function readYamlFile(definition: DefinitionFile): Promise<YamlFile> {
  const {file, diagnostics} = readText(definition);
  return diagnostics.length === 0 ? await readYaml(file) : brokenYaml(file, diagnostics);
}

function isSettings({path}: YamlFile): boolean {
  return path === settingsFile;
}

function readSettings(
  yamls: readonly YamlFile[],
  reportNames: ReadonlySet<string> | null,
  report: ReportFaults
): Settings | null {
  const yaml = yamls.find(isSettings);
  if (yaml === undefined) {
    const fix = "Write it, or name the project's folder with --project";
    report([
      complain("missing-file", {file: settingsFile}, {path: settingsFile, holds: "the project's settings", fix})
    ]);
    return null;
  }
  const {value, yaml: seen, diagnostics} = checkShape(settingsSchema, yaml);
  report(diagnostics);
  if (value !== null) report(checkSchedule(value, seen, reportNames));
  return value;
}

function readRosterFile(
  settings: Settings | null,
  yamls: readonly YamlFile[],
  files: readonly DefinitionFile[],
  report: ReportFaults
): Roster | null {
  // With settings that can't be read the usual place is tried, so that the other files are still checked.
  const path = settings?.segments ?? "seeds/segments.csv";
  const file = files.find((one) => one.path === path);
  if (file === undefined) {
    if (settings !== null) {
      const seeds = files.map((one) => one.path).filter((one) => one.startsWith("seeds/"));
      const place = yamls.find(isSettings)?.placeOf(["segments"]) ?? null;
      const holds = "the roster of segments, a file of seeds/";
      report([complain("missing-file", place, {path, holds, fix: didYouMean(path, seeds)})]);
    }
    return null;
  }
  const {roster, diagnostics} = readRoster(file);
  report(diagnostics);
  return roster;
}

function readCodeListFile(files: readonly DefinitionFile[], report: ReportFaults): Map<string, string[]> | null {
  const file = files.find(({path}) => path === "seeds/code-lists.csv");
  if (file === undefined) return new Map();
  const {codeLists, diagnostics} = readCodeLists(file);
  report(diagnostics);
  return diagnostics.length === 0 ? codeLists : null;
}

/** Null when the file is at fault: then no name is unknown. */
function readReferenceFile(files: readonly DefinitionFile[], report: ReportFaults): References | null {
  const file = files.find(({path}) => path === "seeds/references.csv");
  if (file === undefined) return new Map();
  const {references, diagnostics} = readReferences(file);
  report(diagnostics);
  return diagnostics.length === 0 ? references : null;
}

function readSources(
  yamls: readonly YamlFile[],
  roster: Roster | null,
  codeLists: Map<string, string[]> | null,
  report: ReportFaults
): {source: ProjectSource; yaml: YamlFile}[] {
  return yamls
    .filter(({path}) => path.startsWith("sources/"))
    .flatMap((file) => {
      const {value: source, yaml, diagnostics} = checkShape(sourceSchema, file);
      report(diagnostics);
      if (source === null) return [];
      report(checkSource({source, roster, codeLists}, yaml));
      const origin = {file: yaml.path, line: yaml.placeOf(["source"]).line ?? 1};
      return [{source: {...source, origin, checkedAgainst: listsOf(source, codeLists)}, yaml}];
    });
}

/** The code lists that the checks of a source name. */
function listsOf({checks}: Source, codeLists: Map<string, string[]> | null): ProjectSource["checkedAgainst"] {
  const names = [...new Set(checks.flatMap((check) => (typeof check.in === "string" ? [check.in] : [])))].sort();
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, codeLists?.get(name) ?? []]));
}

function measuresOf(sources: ReadonlyMap<string, Source>, roster: Roster | null): Map<string, ProjectMeasure> {
  const measures = new Map<string, ProjectMeasure>();
  for (const source of sources.values()) {
    for (const [name, measure] of Object.entries(source.measures)) {
      if (measures.has(name)) continue;
      measures.set(name, resolveMeasure(name, measure, source, roster));
    }
  }
  return withRatiosOfStocks(measures);
}

function isPlanFile({path}: YamlFile): boolean {
  return path.startsWith("targets/") && path.endsWith("/plan.yaml");
}

function readPlans(
  yamls: readonly YamlFile[],
  settings: Settings | null,
  names: Names,
  report: ReportFaults
): PlanAt[] {
  return yamls.filter(isPlanFile).flatMap((file) => {
    const {value: plan, yaml, diagnostics} = checkShape(planSchema, file);
    report(diagnostics);
    if (plan === null) return [];
    report(checkPlan(plan, yaml, settings, names.measuredMilestones, names.of("measure")));
    const milestones = new Map(plan.milestones.map((milestone) => [milestone.milestone, milestone]));
    return [{plan, folder: yaml.path.slice(0, -"/plan.yaml".length), milestones}];
  });
}

interface ReadSoFar {
  readonly settings: Settings | null;
  readonly roster: Roster | null;
  readonly references: References | null;
  readonly names: Names;
  readonly sources: ReadonlyMap<string, Source>;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  readonly plans: readonly PlanAt[];
}

function readTargets(yamls: readonly YamlFile[], read: ReadSoFar, report: ReportFaults): ProjectTarget[] {
  const {settings, roster, references, names, sources, measures, plans} = read;
  const context = {
    calendar: settings?.calendar ?? null,
    roster,
    references,
    measures,
    sources,
    measureNames: names.of("measure"),
    plans,
    milestoneNames: names.of("milestone")
  };
  const targets = yamls
    .filter((file) => file.path.startsWith("targets/") && !isPlanFile(file))
    .flatMap((file) => {
      const {value, yaml, diagnostics} = checkShape(targetFileSchema, file);
      report(diagnostics);
      return (value ?? []).flatMap((written, index) => {
        const path = Array.isArray(yaml.value) ? [index] : [];
        const {target, diagnostics: found} = checkTarget(written, path, yaml, context);
        report(found);
        return target === null ? [] : [{target, path, yaml}];
      });
    });
  report(checkChains(targets, names.of("target")));
  return targets.map(({target}) => target);
}

function readReports(yamls: readonly YamlFile[], context: ReportContext, report: ReportFaults): Project["reports"] {
  const reports = new Map<string, Report & {origin: {file: string; line: number}}>();
  for (const file of yamls.filter(({path}) => path.startsWith("reports/"))) {
    const {value, yaml, diagnostics} = checkShape(reportSchema, file);
    report(diagnostics);
    if (value === null) continue;
    report(checkReport(value, yaml, context));
    reports.set(value.report, {...value, origin: {file: yaml.path, line: yaml.placeOf(["report"]).line ?? 1}});
  }
  return reports;
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const text = (a = "", b = "") => (a < b ? -1 : a > b ? 1 : 0);
  return [...diagnostics].sort(
    (a, b) =>
      text(a.place?.file, b.place?.file) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      text(a.code, b.code)
  );
}
