import type {AttainmentRow} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import type {SectionName} from "../config/report.ts";
import type {Knowledge} from "../ledger/contract.ts";
import {chartBlock} from "./chart-block.ts";
import type {BundleRequest} from "./contract.ts";
import {dataQualitySection} from "./data-quality.ts";
import {goalSections} from "./goal-sections.ts";
import {lateByOwner, lateSection} from "./late.ts";
import {withoutLostLinks} from "./links.ts";
import {syntheticShare} from "./manifest.ts";
import {methodsSection} from "./methods.ts";
import {notMeasuredSection} from "./not-measured.ts";
import {comparisonsSection} from "./overview.ts";
import {ownerSections} from "./owner-page.ts";
import type {Block, Fact, PageModel, Section} from "./page-model.ts";
import {openRefusals, refusalLine} from "./refusals.ts";
import {reportedSection} from "./reported.ts";
import {scorecardSection} from "./scorecard.ts";
import {pageSegments, segmentSections} from "./segment-page.ts";
import {byGoalSection, byOwnerSection} from "./standings.ts";
import {summarySection} from "./summary.ts";
import {capital, dayRange, momentWords} from "./words.ts";

/** What the page says: pure, the same request gives the same model. Sections come in the report's order. */
export function pageModel(request: BundleRequest): PageModel {
  const {project, report, period, issue, rows, charts} = request;
  const binding = bindingRows(rows);
  const targets = new Map(project.targets.map((target) => [target.target, target]));
  const sources = sourcesOf(request);
  const through = lastCounted(request);
  const facts = headerFacts(request, binding, through);
  const occurrence = countsByOccurrence(request);
  const segmentPages = report.sections.includes("segment-pages") ? pageSegments(request).length : 0;
  const numbersIn = report.sections.includes("scorecard") ? "scorecard" : null;
  const gap = charts.gap === null ? null : chartBlock(charts.gap, numbersIn);
  const sections: Readonly<Record<SectionName, () => readonly Section[]>> = {
    summary: () => [
      summarySection(binding, targets, through, {
        gapChart: gap,
        hasScorecard: numbersIn !== null,
        late: report.sections.includes("late") ? lateByOwner(binding, request.project.plans) : null
      })
    ],
    late: () => [lateSection(binding, request.project.plans)],
    "by-goal": () => [byGoalSection(request, binding)],
    "by-owner": () => [byOwnerSection(request, binding, targets, through)],
    scorecard: () => [scorecardSection(request, binding, targets)],
    "goal-pages": () => goalSections(request, binding, targets),
    "owner-pages": () => ownerSections(request, binding, targets, segmentPages),
    "segment-pages": () => segmentSections(request, occurrence),
    comparisons: () => comparisonsSection(request, occurrence),
    reported: () => [reportedSection(request)],
    "not-measured": () => [notMeasuredSection(project)],
    "data-quality": () => [dataQualitySection(request, sources, loadsUsed(request), through)],
    methods: () => [methodsSection(request, binding, targets, facts)]
  };
  const refused = refusalLine(openRefusals(request.knowledge, sources));
  return {
    language: "en",
    project: project.settings.title,
    title: report.title,
    subtitle: dayRange(period.from, period.to),
    facts,
    draft: issue === null,
    synthetic: syntheticBanner(loadsUsed(request)),
    notice: project.settings.notice ?? null,
    sections: withoutLostLinks(
      withRefusals(
        report.sections.flatMap((name) => sections[name]()),
        refused
      )
    )
  };
}

/** Sections that a report may begin with. */
const leading = ["summary", "comparisons", "by-owner"];

/** A reader learns at once that an extract is missing: on each page, after the sentence that leads it in. */
function withRefusals(sections: readonly Section[], refused: readonly Block[]): Section[] {
  const first = sections.findIndex(({id}) => leading.includes(id));
  return sections.map((section, index) => {
    if (index !== first && section.page === undefined) return section;
    const [lead, ...rest] = section.blocks;
    const isLead = lead?.kind === "text" && (lead.style === "lead" || section.page !== undefined);
    return {...section, blocks: isLead ? [lead, ...refused, ...rest] : [...refused, ...section.blocks]};
  });
}

/** The latest day that any binding row counts, or else that is compared; the report's own last day where neither is. */
export function lastCounted({rows, period, comparisons}: BundleRequest): IsoDate {
  const bound = bindingRows(rows).map(({through}) => through);
  const days = bound.length > 0 ? bound : (comparisons?.rows ?? []).map(({through}) => through);
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

/** Sources that the measures of rows and comparisons read, in order of the project's files. */
function sourcesOf({project, rows, comparisons}: BundleRequest): string[] {
  const compared = [...(comparisons?.rows ?? []), ...(comparisons?.trends ?? [])];
  const read = new Set([...rows, ...compared].map(({measure}) => project.measures.get(measure)?.source));
  return [...project.sources.keys()].filter((name) => read.has(name));
}

/** Whether all that is compared counts by the day on which it happened, and its sources know the day of report too. */
function countsByOccurrence({project, comparisons}: BundleRequest): boolean {
  return (comparisons?.rows ?? []).every(({measure}) => {
    const source = project.sources.get(project.measures.get(measure)?.source ?? "");
    return source?.reported !== undefined && source.reported !== source.date;
  });
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
  {project, period, issue, knowledge, edition, comparisons}: BundleRequest,
  binding: readonly AttainmentRow[],
  through: IsoDate
): Fact[] {
  const earliest = binding.map((row) => row.through).sort()[0] ?? through;
  return [
    {term: "Period", value: period.name, overview_only: true},
    {
      term: "Counted through",
      value: earliest === through ? longDate(through) : `${longDate(earliest)} to ${longDate(through)}, by target`
    },
    ...(comparisons === null
      ? []
      : [
          {
            term: "Current 28 days",
            value: dayRange(comparisons.windows.current.from, comparisons.windows.current.to),
            overview_only: true
          }
        ]),
    {
      term: "Known as of",
      value: knowledge.as_of === null ? "nothing was loaded" : momentWords(knowledge.as_of, project.settings.time_zone)
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
