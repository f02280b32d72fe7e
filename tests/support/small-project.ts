import {parse} from "yaml";
import type {Project, ProjectSource} from "../../pipeline/config/project.ts";
import {resolveMeasure} from "../../pipeline/config/resolve-measure.ts";
import type {Roster, Segment} from "../../pipeline/config/roster.ts";
import {settingsSchema} from "../../pipeline/config/settings.ts";
import {sourceSchema} from "../../pipeline/config/source.ts";

/** `area 1 North west`: type, code, name, parent's code, then optionally valid_from and valid_to (or -). */
export function roster(...lines: readonly string[]): Roster {
  const types = [...new Set(lines.map((line) => line.split(" ")[0]!))];
  const segments = lines.map((line): Segment => {
    const [type, code, name, parent, from, to] = line.split(" ") as [string, string, string, ...string[]];
    const day = (text: string | undefined) => (text === undefined || text === "-" ? null : text);
    const parentType = types[types.indexOf(type) - 1];
    return {
      type,
      code,
      name,
      aliases: [],
      parent:
        parent === undefined || parent === "-" || parentType === undefined ? null : {type: parentType, code: parent},
      valid_from: day(from),
      valid_to: day(to)
    };
  });
  return {segments, types};
}

/** A city of two bureaus and three Areas. */
export const smallRoster = roster(
  "city C City",
  "bureau west West C",
  "bureau east East C",
  "area 1 Alder west",
  "area 2 Birch west",
  "area 10 Cedar east"
);

/** A source from YAML, checked by the schema as a user's file would be. */
export function source(yaml: string): ProjectSource {
  return {...sourceSchema.parse(parse(yaml)), origin: {file: "sources/source.yaml", line: 1}};
}

/** A project of these sources, with their measures resolved. */
export function project(
  sources: readonly ProjectSource[],
  of: Roster = smallRoster,
  codeLists: Project["codeLists"] = new Map()
): Project {
  return {
    directory: "nowhere",
    files: [],
    definitions: "0".repeat(64),
    settings: settingsSchema.parse({
      title: "Small",
      time_zone: "America/Los_Angeles",
      calendar,
      paths: {inbox: "inbox", warehouse: "warehouse", out: "out"},
      segments: "seeds/segments.csv"
    }),
    calendar: {...calendar, plan_years: {}},
    roster: of,
    codeLists,
    references: new Map(),
    sources: new Map(sources.map((one) => [one.source, one])),
    measures: new Map(
      sources.flatMap((one) =>
        Object.entries(one.measures).map(([name, spec]) => [name, resolveMeasure(name, spec, one, of)] as const)
      )
    ),
    targets: [],
    plans: [],
    reports: new Map()
  };
}

const calendar = {week_starts: "sunday", fiscal_year_starts: "07-01"} as const;
