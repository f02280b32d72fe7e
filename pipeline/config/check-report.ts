import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import {didYouMean} from "../diagnostics/suggest.ts";
import {whoCantTell} from "./check-place.ts";
import type {ProjectMeasure} from "./project.ts";
import type {Report, SectionName} from "./report.ts";
import type {Roster} from "./roster.ts";
import type {Source} from "./source.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

/** What a report may name; null where a file could not be read and has been complained about. */
export interface ReportContext {
  readonly roster: Roster | null;
  readonly sources: ReadonlyMap<string, Source>;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  /** Also those of sources at fault elsewhere: known, with nothing to say about them. Null: a source can't be read. */
  readonly measureNames: ReadonlySet<string> | null;
  /** The same of sources. */
  readonly sourceNames: ReadonlySet<string> | null;
}

/** Holds a report against the roster and the measures. */
export function checkReport(report: Report, yaml: YamlFile, context: ReportContext): Diagnostic[] {
  const {segments, sections, sources} = report;
  const {roster} = context;
  const unknown = segments.flatMap((type, index) => {
    if (roster === null || roster.types.includes(type)) return [];
    const suggestion = didYouMean(type, roster.types);
    return [complain("unknown-segment-type", yaml.placeOf(["segments", index]), {type, suggestion})];
  });
  const lists = measureLists(report);
  return [
    ...unknown,
    ...sources.flatMap((name, index) => {
      if (context.sourceNames?.has(name) ?? true) return [];
      const suggestion = didYouMean(name, [...(context.sourceNames ?? [])]);
      return [complain("unknown-report-source", yaml.placeOf(["sources", index]), {name, suggestion})];
    }),
    ...repeated(
      "sources",
      sources.map((name, index) => ({entry: name, path: ["sources", index]})),
      yaml
    ),
    ...repeated(
      "segments",
      segments.map((type, index) => ({entry: type, path: ["segments", index]})),
      yaml
    ),
    ...repeated(
      "sections",
      sections.map((section, index) => ({entry: section, path: ["sections", index]})),
      yaml
    ),
    ...lists.flatMap((list) => checkMeasures(list, report, yaml, context)),
    ...checkTable(sections, yaml)
  ];
}

interface Entry {
  readonly entry: string;
  readonly path: Path;
}

/** The measures that a section names. */
interface MeasureList {
  readonly section: SectionName;
  /** `comparisons.measures` */
  readonly name: string;
  /** How it is written; for messages. */
  readonly example: string;
  readonly entries: readonly Entry[];
}

/** Of a section that stands twice, which is a fault of its own, the entries of both, under the place of the first. */
function measureLists({sections, comparisons, trends}: Report): MeasureList[] {
  const below = (section: SectionName, ...path: Path): Path => [
    "sections",
    sections.indexOf(section),
    section,
    ...path
  ];
  const lists: MeasureList[] = [
    {
      section: "comparisons",
      name: "comparisons.measures",
      example: "comparisons: {measures: [collisions]}",
      entries: comparisons.map(({measure, total}, index) => ({
        entry: measure,
        path: below("comparisons", "measures", index, ...(total ? ["total"] : []))
      }))
    },
    {
      section: "segment-pages",
      name: "segment-pages.trends",
      example: "segment-pages: {trends: [collisions]}",
      entries: trends.map((measure, index) => ({entry: measure, path: below("segment-pages", "trends", index)}))
    }
  ];
  return lists.filter(({section}) => sections.includes(section));
}

function checkMeasures(
  {section, name, example, entries}: MeasureList,
  {sections, segments}: Report,
  yaml: YamlFile,
  {roster, measures, measureNames, sources}: ReportContext
): Diagnostic[] {
  if (entries.length === 0) {
    const place = yaml.placeOf(["sections", sections.indexOf(section)]);
    return [complain("section-without-measures", place, {section, example})];
  }
  const faults = entries.flatMap(({entry: measure, path}) => {
    const place = yaml.placeOf(path);
    if (measureNames !== null && !measureNames.has(measure)) {
      return [complain("unknown-measure", place, {measure, suggestion: didYouMean(measure, measureNames)})];
    }
    const counted = measures.get(measure);
    if (counted === undefined || roster === null) return [];
    const untold = roster.types.flatMap((type) => {
      // Whatever a source tells or not, its rows all count for the root.
      if (!segments.includes(type) || type === roster.types[0]) return [];
      const source = whoCantTell(counted, type, {roster, measures, sources});
      return source === null ? [] : [{type, source: source.source}];
    });
    // The finest of them: the others add up from there.
    return untold.slice(-1).map((found) => complain("segment-not-told", place, {...found, measure}));
  });
  return [...faults, ...repeated(name, entries, yaml)];
}

/** A segment's page holds the segment's lines of the table. */
function checkTable(sections: readonly SectionName[], yaml: YamlFile): Diagnostic[] {
  const pages = sections.indexOf("segment-pages");
  if (pages < 0 || sections.includes("comparisons")) return [];
  const parameters = {section: "segment-pages", needs: "comparisons", example: "comparisons: {measures: [collisions]}"};
  return [complain("section-missing", yaml.placeOf(["sections", pages]), parameters)];
}

function repeated(list: string, entries: readonly Entry[], yaml: YamlFile): Diagnostic[] {
  const words = entries.map(({entry}) => entry);
  return entries.flatMap(({entry, path}, index) =>
    words.indexOf(entry) === index ? [] : [complain("repeated-entry", yaml.placeOf(path), {entry, list})]
  );
}
