import {addDays, daysIn, earlier, type IsoDate, later} from "../calendar/iso-date.ts";
import {type AreaSharesOf, areaShares} from "./area-shares.ts";
import {categories, crimeHeader, crimeRecords} from "./crime-incidents.ts";
import type {ExtractText} from "./csv-text.ts";
import {realCrimeReports} from "./levels.ts";
import {type Chance, chances} from "./random.ts";
import {type DayRecords, type ReportNumbers, type Runs, reportNumbers, type Span} from "./report-lines.ts";
import {collisionHeader, collisionRecords} from "./traffic-collisions.ts";

/** What decides the files of crime incidents and traffic collisions. */
export interface YearlyOptions {
  readonly seed: number;
  readonly rowsPerYear: number;
  /** First and last day of occurrence. */
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The sources that come a file a year, in the order in which they are written. */
export const yearlySources = ["crime-incidents", "traffic-collisions"] as const;
type YearlySource = (typeof yearlySources)[number];

/** So long after the last day the extract is made: no later report is in it. */
const daysUntilExtracted = 10;

export function extractedOn(to: IsoDate): IsoDate {
  return addDays(to, daysUntilExtracted);
}

/**
 * Crime incidents and traffic collisions, a file a year, each made as it is read: the files must be read in their order.
 *
 * @param told Called after each day, with the share of its file that is done, 0 to 1.
 */
export function* yearlyExtracts(
  {seed, rowsPerYear, from, to}: YearlyOptions,
  sources: readonly string[],
  told: (file: string, done: number) => void
): Generator<ExtractText> {
  const [ofAreas, ...ofFiles] = chances(seed, 7);
  const [crimes, rareCrimes, collisions, rareCollisions, restated, beside] = ofFiles as [
    Chance,
    Chance,
    Chance,
    Chance,
    Chance,
    Chance
  ];
  const sharesOf = areaShares(ofAreas!, [...categories, "collisions"]);
  const kinds: Readonly<Record<YearlySource, Kind>> = {
    "crime-incidents": {
      header: crimeHeader,
      records: crimeRecords,
      runs: {usual: crimes, rare: rareCrimes, restated, beside},
      numberOf: reportNumbers(),
      sharesOf
    },
    "traffic-collisions": {
      header: collisionHeader,
      records: collisionRecords,
      runs: {usual: collisions, rare: rareCollisions, restated, beside},
      numberOf: reportNumbers(),
      sharesOf
    }
  };
  for (const source of yearlySources.filter((name) => sources.includes(name))) {
    for (const span of yearSpans({from, to, extracted: extractedOn(to), scale: rowsPerYear / realCrimeReports})) {
      const file = yearlyFile(source, span);
      yield {file, ...countedText(kinds[source], span, (done) => told(file, done))};
    }
  }
}

/** Names of the files that `yearlyExtracts` makes. */
export function yearlyFileNames({from, to}: Pick<YearlyOptions, "from" | "to">, sources: readonly string[]): string[] {
  const spans = yearSpans({from, to, extracted: to, scale: 1});
  return yearlySources
    .filter((name) => sources.includes(name))
    .flatMap((name) => spans.map((span) => yearlyFile(name, span)));
}

function yearlyFile(source: YearlySource, {from}: Span): string {
  const name = `${source}-synthetic-${from.slice(0, 4)}.csv`;
  return source === "traffic-collisions" ? `${name}.gz` : name;
}

function yearSpans(whole: Span): Span[] {
  const first = +whole.from.slice(0, 4);
  return Array.from({length: +whole.to.slice(0, 4) - first + 1}, (_, index) => {
    const [start, end] = [`${first + index}-01-01`, `${first + index}-12-31`];
    return {...whole, from: later(start, whole.from), to: earlier(end, whole.to)};
  });
}

interface Kind {
  readonly header: string;
  readonly records: (span: Span, runs: Runs, numberOf: ReportNumbers, sharesOf: AreaSharesOf) => Iterable<DayRecords>;
  readonly runs: Runs;
  readonly numberOf: ReportNumbers;
  readonly sharesOf: AreaSharesOf;
}

/** The file's text a day at a time, and after it was read to its end the number of its records. */
function countedText({header, records, runs, numberOf, sharesOf}: Kind, span: Span, told: (done: number) => void) {
  const days = daysIn(span.from, span.to);
  let count = 0;
  let day = 0;
  const text = (function* () {
    yield `${header}\n`;
    for (const {text, rows} of records(span, runs, numberOf, sharesOf)) {
      count += rows;
      day++;
      told(day / days);
      if (rows > 0) yield text;
    }
  })();
  return {text, rows: () => count};
}
