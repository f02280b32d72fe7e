import type {Project} from "../config/project.ts";
import {readProject} from "../config/read-project.ts";
import {pluralOf} from "../config/segment-plural.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import type {ExitCode} from "../diagnostics/failure.ts";
import {countWords, renderDiagnostics} from "../diagnostics/render.ts";
import type {Command} from "./context.ts";
import {projectDirectory} from "./project.ts";

/** `milepost check`: holds all definitions against one another, without data; says every fault, or what there is. */
export const check: Command = async (given, context) => {
  const {project, diagnostics} = await readProject(projectDirectory(given, context));
  const exitCode: ExitCode = project === null ? 1 : 0;
  if (given.text("format") === "json") {
    const summary = project === null ? null : summarise(project);
    context.out(`${JSON.stringify({ok: project !== null, summary, diagnostics}, null, 2)}\n`);
    return exitCode;
  }
  if (diagnostics.length > 0) context.err(renderDiagnostics(diagnostics, {colour: context.terminal}));
  if (project !== null) context.out(summaryWords(project, diagnostics));
  return exitCode;
};

interface Summary {
  readonly title: string;
  readonly sources: number;
  readonly measures: number;
  readonly targets: number;
  readonly reports: number;
  /** How many of each type, from the root down. */
  readonly segments: Readonly<Record<string, number>>;
  readonly plans: readonly {
    readonly plan: string;
    readonly milestones: number;
    /** Milestones that a target measures. */
    readonly measured: number;
    /** Milestones that say why none does. */
    readonly not_measured: number;
    /** Milestones that report a result or a claim instead. */
    readonly reported: number;
    /** Which part of the plan the list holds, where it is not all of it. */
    readonly listed: string | undefined;
  }[];
  /** SHA-256 of the definitions. */
  readonly definitions: string;
}

function summarise(project: Project): Summary {
  const {settings, sources, measures, targets, plans, reports, roster, definitions} = project;
  return {
    title: settings.title,
    sources: sources.size,
    measures: measures.size,
    targets: targets.length,
    reports: reports.size,
    segments: Object.fromEntries(
      roster.types.map((type) => [type, roster.segments.filter((segment) => segment.type === type).length])
    ),
    plans: plans.map(({plan, milestones, listed}) => {
      const excused = milestones.filter(({not_measured}) => not_measured !== undefined).length;
      const claims = milestones.filter(({reported}) => reported !== undefined).length;
      const measured = milestones.length - excused - claims;
      return {plan, milestones: milestones.length, measured, not_measured: excused, reported: claims, listed};
    }),
    definitions
  };
}

/** `all measured`, `7 measured, 7 reported`, `296 measured, 88 not, each with its reason` */
function coverageWords({measured, not_measured, reported}: Summary["plans"][number]): string {
  if (not_measured === 0 && (measured === 0 || reported === 0)) return `all ${reported > 0 ? "reported" : "measured"}`;
  const reasons = not_measured === 0 ? [] : [`${not_measured} not, each with its reason`];
  return [`${measured} measured`, ...(reported === 0 ? [] : [`${reported} reported`]), ...reasons].join(", ");
}

function summaryWords(project: Project, warnings: readonly Diagnostic[]): string {
  const {title, sources, measures, targets, reports, segments, plans} = summarise(project);
  const rows = [
    ["sources", `${sources}, with ${counted(measures, "measure")}`],
    ["targets", String(targets)],
    ...plans.map((one) => [
      "plan",
      `${one.plan}: ${counted(one.milestones, "milestone")}, ${coverageWords(one)}${
        one.listed === undefined ? "" : `. ${one.listed}`
      }`
    ]),
    ["reports", String(reports)],
    [
      "segments",
      Object.entries(segments)
        .map(([type, count]) => `${count} ${count === 1 ? type : pluralOf(type)}`)
        .join(", ")
    ]
  ];
  const lines = rows.map(([label = "", text = ""]) => `  ${label.padEnd(8)}  ${text}`);
  const end = warnings.length === 0 ? "No fault found." : `No error found; ${countWords(warnings)}.`;
  return `${title}\n\n${lines.join("\n")}\n\n${end}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
