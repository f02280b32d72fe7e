import type {Column} from "./source.ts";

/** A column as it is proposed. */
export interface StarterColumn {
  readonly name: string;
  readonly header: string;
  /** From 1, where the header is blank or stands twice. */
  readonly position: number | null;
  readonly kind: NonNullable<Column["type"]> | "personal" | {readonly segment: string};
  /** Of a date; [] of all others. */
  readonly formats: readonly string[];
  readonly required: boolean;
  readonly note: string | null;
}

/** What a new source is written for. */
export interface SourceStart {
  readonly name: string;
  /** Unique in the project. */
  readonly measure: string;
  /** Pattern of its files in the inbox. */
  readonly files: string;
  /** Of a file's name that says its days: `crime-{yyyy}-{MM}*`; null: the days of its rows. */
  readonly pattern: string | null;
  readonly csv: {readonly delimiter?: string; readonly encoding?: string};
  readonly columns: readonly StarterColumn[];
  /** The day a row counts for: a column of type date, which is required. */
  readonly date: string;
  /** The file that the columns are proposed from; null: they are an example. */
  readonly from: string | null;
}

/** A commented file of `sources/`, after its first line. Passes `check` as it stands. */
export function starterSource(start: SourceStart): string {
  const {name, measure, files, pattern, csv, columns, date, from} = start;
  const shape = Object.entries(csv).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const origin =
    from === null
      ? "# Its columns are an example: write yours."
      : `# Its columns are a proposal, made from the first records of ${from}: go through them.`;
  return `# A source is the contract of one kind of extract. Nothing is guessed when it is loaded: what is not as it says here is
# reported. ${origin.slice(2)} Then run: milepost check
source: ${name}
title: "To be written: what one row is"
files: [${JSON.stringify(files)}] # names in the inbox, * for any run of characters
${shape.length === 0 ? "" : `csv: {${shape.join(", ")}}\n`}${
  pattern === null
    ? `delivery: snapshot # a file replaces all before it; or period, upsert, append
covers: {from: rows} # the days that a file speaks for: from its first date to its last`
    : `delivery: period # a file replaces the days that it covers; or snapshot, upsert, append
covers: {from: file_name, pattern: ${JSON.stringify(pattern)}} # the days that a file speaks for, also those without a row`
}
# key: [...]            # columns that name a row: one that comes twice is rejected
date: ${date} # the day a row counts for
# reported: ...         # the day it became known
# rejects: {at_most: 0.1%}   # how many records may be left out; without it none
columns:
${columns.map(columnLine).join("\n")}
ignore: [] # headers known and not wanted
measures:
  ${measure}:
    title: "To be written: what is counted"
    count: rows # or sum, mean, median, percentile, min, max, share, ratio, duration, latest, done
    # where: {column: value}
    nature: outcome # it happens; output: it is done by plan
    better: none # or lower, higher
    unit: rows # a plural noun
`;
}

function columnLine({name, header, position, kind, formats, required, note}: StarterColumn): string {
  const parts = [
    `from: ${JSON.stringify(header)}`,
    ...(position === null ? [] : [`position: ${position}`]),
    kind === "personal" ? "personal: drop" : typeof kind === "object" ? `segment: ${kind.segment}` : `type: ${kind}`,
    ...(formats.length === 0 ? [] : [`formats: [${formats.map((one) => JSON.stringify(one)).join(", ")}]`]),
    ...(required ? ["required: true"] : [])
  ];
  return `  ${name}: {${parts.join(", ")}}${note === null ? "" : ` # ${note}`}`;
}
