import type {AttainmentRow} from "../attainment/contract.ts";
import {fullNameOf, type Plan} from "../config/plan.ts";
import type {BundleRequest} from "./contract.ts";

/** An owner with what is its own, in the order of the plan. */
export interface Owner {
  /** As the plan prints it; null where it prints none. */
  readonly owner: string | null;
  /** Of its page: `owner-oso`. */
  readonly section: string;
  /** "OSO"; "No lead printed". */
  readonly name: string;
  /** "Office of Special Operations"; null where no plan says it. */
  readonly fullName: string | null;
  /** Where it is named first: "Office of Special Operations (OSO)"; its name where no plan says more. */
  readonly title: string;
  readonly rows: readonly AttainmentRow[];
}

const nobody = "No lead printed";

/** Owners by name, what has none last. */
export function ownersOf(rows: readonly AttainmentRow[], plans: readonly Plan[]): Owner[] {
  const names = [...new Set(rows.map(({owner}) => owner))];
  const known = names.filter((name) => name !== null).sort(byLetters);
  const taken = new Set<string>();
  return [...known, ...(names.includes(null) ? [null] : [])].map((owner) => {
    const name = owner ?? nobody;
    const fullName = plans.map((plan) => fullNameOf(plan, name)).find((found) => found !== null) ?? null;
    return {
      owner,
      section: `owner-${free(slugOf(name), taken)}`,
      name,
      fullName,
      title: fullName === null ? name : `${fullName} (${name})`,
      rows: rows.filter((row) => row.owner === owner)
    };
  });
}

/** Milestones of an owner that no target measures, of all plan years. */
export function unmeasuredOf({plans}: BundleRequest["project"], owner: string | null): number {
  return plans
    .flatMap(({milestones}) => milestones)
    .filter((one) => one.not_measured !== undefined && (one.owner ?? null) === owner).length;
}

function byLetters(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** slugOf("Chief of Staff / COS") //=> "chief-of-staff-cos" */
function slugOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "owner"
  );
}

/** Two owners whose names differ in marks alone have pages of their own. */
function free(slug: string, taken: Set<string>): string {
  let name = slug;
  for (let next = 2; taken.has(name); next += 1) name = `${slug}-${next}`;
  taken.add(name);
  return name;
}
