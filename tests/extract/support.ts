import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {afterAll, beforeAll} from "vitest";
import {z} from "zod";
import type {ProjectSource} from "../../pipeline/config/project.ts";
import type {Roster, Segment} from "../../pipeline/config/roster.ts";
import {sourceSchema} from "../../pipeline/config/source.ts";
import type {ExtractOutcome, ExtractRequest, ReadExtract} from "../../pipeline/extract/contract.ts";
import {readExtract} from "../../pipeline/extract/read-extract.ts";
import {type Engine, openEngine} from "../../pipeline/warehouse/engine.ts";
import {parquetFile} from "../../pipeline/warehouse/sql.ts";

/** A folder and an engine for one test file; call at its top level. */
export function workplace() {
  const folder = mkdtempSync(join(tmpdir(), "milepost-extract-"));
  let engine: Engine;
  let runs = 0;
  beforeAll(async () => {
    engine = await openEngine({
      temporary: join(folder, "engine"),
      reads: [join(import.meta.dirname, "../../../shared/data")],
      writes: [folder],
      threads: 2
    });
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, {recursive: true, force: true});
  });
  const scratch = () => mkdtempSync(join(folder, `scratch-${runs++}-`));
  return {
    folder,
    engine: () => engine,
    scratch,
    /** Writes a file and returns its path. */
    write(name: string, contents: string | Uint8Array): string {
      const path = join(scratch(), name);
      writeFileSync(path, contents);
      return path;
    },
    /** Reads a file under a source. */
    read: (path: string, source: ProjectSource, more: Partial<ExtractRequest> = {}): Promise<ExtractOutcome> =>
      readExtract(engine, {
        source,
        roster,
        codeLists: new Map(),
        path,
        name: basename(path),
        scratch: scratch(),
        today: "2024-12-31",
        covers: null,
        ...more
      }),
    /** The rows that were kept, dates as text. */
    rows: (outcome: ExtractOutcome): Promise<Record<string, unknown>[]> =>
      engine.rows(
        `select * from ${parquetFile((outcome as ReadExtract).rowsFile)} order by record`,
        z.record(z.string(), z.unknown())
      )
  };
}

export function sourceOf(definition: Record<string, unknown>): ProjectSource {
  return {
    ...sourceSchema.parse({
      source: "incidents",
      title: "Incidents",
      files: ["*.csv"],
      delivery: "snapshot",
      covers: {from: "rows"},
      date: "day",
      ...definition
    }),
    origin: {file: "sources/incidents.yaml", line: 1}
  };
}

function segment(type: string, code: string, name: string, aliases: string[] = []): Segment {
  return {
    type,
    code,
    name,
    aliases,
    parent: type === "city" ? null : {type: "city", code: "la"},
    valid_from: null,
    valid_to: null
  };
}

const areas = [
  "Central",
  "Rampart",
  "Southwest",
  "Hollenbeck",
  "Harbor",
  "Hollywood",
  "Wilshire",
  "West LA",
  "Van Nuys",
  "West Valley",
  "Northeast",
  "77th Street",
  "Newton",
  "Pacific",
  "N Hollywood",
  "Foothill",
  "Devonshire",
  "Southeast",
  "Mission",
  "Olympic",
  "Topanga"
];

export const roster: Roster = {
  types: ["city", "area"],
  segments: [
    segment("city", "la", "Los Angeles"),
    ...areas.map((name, i) =>
      segment(
        "area",
        String(i + 1),
        name,
        name === "N Hollywood" ? ["North Hollywood"] : name === "West LA" ? ["West Los Angeles"] : []
      )
    )
  ]
};

/** Columns of most tests; `incidents` reads them and bears any number of rejects. */
export const columns = {
  id: {from: ["ID", "Number"], type: "text", required: true},
  day: {from: ["Day"], type: "date", formats: ["MM/dd/yyyy", "yyyy-MM-dd"], required: true},
  area: {from: ["AREA"], segment: "area", required: true},
  code: {from: ["Code"], type: "integer"},
  note: {from: ["Note"], type: "text"},
  age: {from: ["Age"], personal: "drop"}
};
export const incidents = sourceOf({columns, ignore: ["Place"], rejects: {at_most: "100%"}});
export const header = "ID,Day,AREA,Code,Note,Age,Place\n";

/** Diagnostics without the words: code, place, severity. */
export function places(outcome: {
  diagnostics: readonly {
    code: string;
    severity: string;
    place: {line?: number | undefined; column?: number | undefined} | null;
  }[];
}) {
  return outcome.diagnostics.map(
    ({code, severity, place}) => `${severity} ${code} ${place?.line ?? ""}:${place?.column ?? ""}`
  );
}
