import {TZDate} from "@date-fns/tz";
import {format} from "date-fns";
import type {AttainmentRow} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import type {SectionName} from "../config/report.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {chartBlock} from "./chart-block.ts";
import type {BundleRequest} from "./contract.ts";
import {dataQualitySection} from "./data-quality.ts";
import {goalSections} from "./goal-sections.ts";
import {syntheticShare} from "./manifest.ts";
import {methodsSection} from "./methods.ts";
import type {Fact, PageModel, Section} from "./page-model.ts";
import {scorecardSection} from "./scorecard.ts";
import {summarySection} from "./summary.ts";
import {dayRange} from "./words.ts";

/** What the page says: pure, the same request gives the same model. Sections come in the report's order. */
export function pageModel(request: BundleRequest): PageModel {
  const {project, report, period, issue, rows, charts} = request;
  const binding = bindingRows(rows);
  const targets = new Map(project.targets.map((target) => [target.target, target]));
  const sources = sourcesOf(request);
  const through = lastCounted(request);
  const facts = headerFacts(request, binding, through);
  const numbersIn = report.sections.includes("scorecard") ? "scorecard" : null;
  const gap = charts.gap === null ? null : chartBlock(charts.gap, numbersIn);
  const sections: Readonly<Record<SectionName, () => readonly Section[]>> = {
    summary: () => [summarySection(binding, targets, through, gap)],
    scorecard: () => [scorecardSection(project, period, binding, targets)],
    "goal-pages": () => goalSections(request, binding, targets),
    "segment-pages": () => [],
    comparisons: () => [],
    "data-quality": () => [dataQualitySection(request, sources, loadsUsed(request), through)],
    methods: () => [methodsSection(request, binding, targets, facts)]
  };
  return {
    language: "en",
    project: project.settings.title,
    title: report.title,
    subtitle: dayRange(period.from, period.to),
    facts,
    draft: issue === null,
    synthetic: syntheticBanner(loadsUsed(request)),
    notice: project.settings.notice ?? null,
    sections: report.sections.flatMap((name) => sections[name]())
  };
}

/** The latest day that any binding row counts; the report's own last day where there is none. */
export function lastCounted({rows, period}: BundleRequest): IsoDate {
  const days = bindingRows(rows).map(({through}) => through);
  return days.sort().at(-1) ?? period.to;
}

/** Loads that decide a day of the sources that the rows' measures read; those replaced whole by newer ones are out. */
export function loadsUsed(request: BundleRequest): Knowledge["loads"] {
  const sources = sourcesOf(request);
  const deciding = new Set(
    sources.flatMap((name) => request.coverages.get(name)?.ownership.map(({load}) => load) ?? [])
  );
  return request.knowledge.loads.filter(({id, source}) => sources.includes(source) && deciding.has(id));
}

/** What summaries count: binding rows of whole periods. */
export function bindingRows(rows: readonly AttainmentRow[]): AttainmentRow[] {
  return rows.filter(({binding, part}) => binding && part === "whole");
}

/** Sources that the rows' measures read, in order of the project's files. */
function sourcesOf({project, rows}: BundleRequest): string[] {
  const read = new Set(rows.map(({measure}) => project.measures.get(measure)?.source));
  return [...project.sources.keys()].filter((name) => read.has(name));
}

/** Null when every extract is real; loud when one is not. */
function syntheticBanner(loads: Knowledge["loads"]): string | null {
  const share = syntheticShare(loads);
  if (share === "none") return null;
  return share === "all"
    ? "Made from synthetic extracts: no number here tells of real events"
    : "Partly synthetic: some extracts hold made-up records";
}

function headerFacts(
  {project, period, issue, knowledge, edition}: BundleRequest,
  binding: readonly AttainmentRow[],
  through: IsoDate
): Fact[] {
  const earliest = binding.map((row) => row.through).sort()[0] ?? through;
  const zone = project.settings.time_zone;
  return [
    {term: "Period", value: period.name},
    {
      term: "Counted through",
      value: earliest === through ? longDate(through) : `${longDate(earliest)} to ${longDate(through)}, by target`
    },
    {
      term: "Known as of",
      value:
        knowledge.as_of === null
          ? "nothing was loaded"
          : `${format(new TZDate(knowledge.as_of, zone), "d MMMM yyyy, HH:mm")} (${zone.replaceAll("_", " ")})`
    },
    {
      term: "Edition",
      value:
        issue === null
          ? `${capital(edition)} draft, not published`
          : `${capital(edition)}, issue ${issue.number}, published by ${issue.by}`
    }
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
