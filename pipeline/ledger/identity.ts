import {createHash} from "node:crypto";
import type {DayRange} from "../calendar/day-set.ts";
import type {ProjectSource} from "../config/project.ts";
import {type Roster, segmentsOfType} from "../config/roster.ts";

/**
 * SHA-256, lower-case hex, of what decides how a source's extracts are read: its definition without what only names,
 * counts or judges the rows (title, inbox patterns, measures, freshness, maturity, series, checks that only warn or
 * look at other loads), and the words of the roster by which its segment columns are understood. A change of either
 * reads the same extract anew.
 */
export function definitionHash(source: ProjectSource, roster: Roster): string {
  const {title, files, measures, freshness, mature, series, origin, checks: all, checkedAgainst, ...rest} = source;
  const checks = all.filter(({severity, rows}) => severity !== "warn" && rows === undefined);
  const lists = checks.flatMap((check) =>
    typeof check.in === "string" ? [[check.in, checkedAgainst?.[check.in]]] : []
  );
  // Nothing is added where no check decides: a definition of before there were checks is the same definition.
  const reading = checks.length === 0 ? rest : {...rest, checks, lists: Object.fromEntries(lists)};
  const types = [...new Set(Object.values(source.columns).flatMap(({segment}) => segment ?? []))].sort();
  const segments = types.flatMap((type) =>
    segmentsOfType(roster, type).map(({code, name, aliases}) => ({type, code, name, aliases}))
  );
  return sha256(canonicalJson({reading, segments}));
}

/**
 * A load's identity: first 12 hex digits of the SHA-256 over source, extract and definition, and the days that
 * `--covers` said where it said any.
 */
export function loadId(source: string, extractSha256: string, definition: string, coversSaid: DayRange | null): string {
  return sha256([source, extractSha256, definition, ...(coversSaid ?? [])].join("\n")).slice(0, 12);
}

/**
 * JSON with sorted keys and nothing undefined: equal values give equal text. The order of columns is not part of a
 * definition, because extracts are read by name.
 */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
