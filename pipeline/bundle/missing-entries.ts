import type {AttainmentRow} from "../attainment/contract.ts";
import {longDate} from "../calendar/iso-date.ts";
import type {ProjectSource} from "../config/project.ts";
import {formatCounted} from "../format/numbers.ts";
import type {BundleRequest} from "./contract.ts";
import {daysLeft} from "./lateness.ts";
import type {Block} from "./page-model.ts";

/** A target that is counted from a register in which no row names it. */
export interface MissingEntry {
  readonly row: AttainmentRow;
  readonly register: ProjectSource;
}

/** Targets without a row in the register that they are counted from: what is not written there can't be told as done. */
export function missingEntries(
  {project, registered}: Pick<BundleRequest, "project" | "registered">,
  rows: readonly AttainmentRow[]
): MissingEntry[] {
  if (registered === null) return [];
  return rows.flatMap((row) => {
    const measure = project.measures.get(row.measure);
    const register = project.sources.get(measure?.source ?? "");
    const isOfTarget = measure?.of_target === true && register !== undefined;
    return isOfTarget && !registered.has(row.target) ? [{row, register}] : [];
  });
}

/**
 * Registers that the rows are counted from and that nobody has brought up to date for longer than they allow, a sentence
 * each.
 */
export function staleRegisters(
  {project, coverages}: Pick<BundleRequest, "project" | "coverages">,
  rows: readonly AttainmentRow[]
): Block[] {
  const names = new Set(
    rows.flatMap(({measure}) => {
      const found = project.measures.get(measure);
      return found?.of_target === true ? [found.source] : [];
    })
  );
  const through = rows
    .map((row) => row.through)
    .sort()
    .at(-1);
  return [...names].flatMap((name): Block[] => {
    const {title, freshness} = project.sources.get(name)!;
    const known = coverages.get(name)?.horizon ?? null;
    if (known === null) return [said(`${title}: nothing of it is loaded.`)];
    const age = through === undefined ? 0 : daysLeft(known, through);
    if (freshness === undefined || age <= freshness.warn_after) return [];
    const allowed = formatCounted(freshness.warn_after, "day");
    return [
      said(
        `${title}: last brought up to date on ${longDate(known)}, ${formatCounted(age, "day")} before ` +
          `${longDate(through!)}; ${allowed} are allowed.`
      )
    ];
  });
}

function said(text: string): Block {
  return {kind: "text", style: "body", text};
}
