import type {Diagnostic, Place} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {NamedMeasure} from "./measures-of-targets.ts";
import type {Path, YamlFile} from "./yaml-file.ts";

type Kind = "source" | "measure" | "plan" | "milestone" | "target" | "report";

interface Named {
  readonly kind: Kind;
  readonly name: string;
  readonly place: Place;
}

/** The names that a project's files give to things, read from the files as they are written, faults or none. */
export interface Names {
  readonly all: readonly Named[];
  /** Null when a file that may give more of them can't be read: then none is unknown. */
  of(kind: Kind): ReadonlySet<string> | null;
  /** Milestones that some target names; null when a file of targets can't be read. */
  readonly measuredMilestones: ReadonlySet<string> | null;
  /** Each target with the measure that it names, in order of the files. */
  readonly namedMeasures: readonly NamedMeasure[];
}

/**
 * Collects names before the schemas have their say: a source with a fault elsewhere still makes its measures known,
 * and one fault does not become forty.
 */
export function namesIn(yamls: readonly YamlFile[]): Names {
  const all = yamls.flatMap(namesOf);
  const targets = yamls.filter(({path}) => isTargetFile(path)).flatMap(({value}) => listOf(value));
  const milestones = targets.map((target) => fieldOf(target, "milestone")).filter((name) => name !== null);
  return {
    all,
    of: (kind) => {
      const folder = kind === "source" || kind === "measure" ? "sources/" : kind === "report" ? "reports/" : "targets/";
      const known = all.filter((named) => named.kind === kind).map(({name}) => name);
      return isReadWhole(yamls, folder) ? new Set(known) : null;
    },
    measuredMilestones: isReadWhole(yamls, "targets/") ? new Set(milestones) : null,
    namedMeasures: targets.flatMap((one) => {
      const [target, measure] = [fieldOf(one, "target"), fieldOf(one, "measure")];
      return target === null || measure === null ? [] : [{target, measure}];
    })
  };
}

function isReadWhole(yamls: readonly YamlFile[], folder: string): boolean {
  return !yamls.some(({path, value}) => path.startsWith(folder) && value === undefined);
}

/** Names become file names and anchors, so two that differ in letter case alone are the same. */
export function repeatedNames({all}: Names): Diagnostic[] {
  const first = new Map<string, Named>();
  return all.flatMap((named) => {
    const key = `${named.kind}\0${named.name.toLowerCase()}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, named);
      return [];
    }
    const at = `${earlier.place.file}:${earlier.place.line ?? 1}`;
    return [complain("repeated-name", named.place, {kind: named.kind, name: named.name, first: at})];
  });
}

function namesOf(yaml: YamlFile): Named[] {
  const {path, value} = yaml;
  const named = (kind: Kind, holder: unknown, at: Path): Named[] => {
    const name = fieldOf(holder, kind);
    return name === null ? [] : [{kind, name, place: yaml.placeOf([...at, kind])}];
  };
  if (path.startsWith("sources/")) {
    const measures = Object.keys(mappingOf(mappingOf(value).measures));
    return [
      ...named("source", value, []),
      ...measures.map((name) => ({kind: "measure" as const, name, place: yaml.placeOfKey(["measures", name])}))
    ];
  }
  if (path.startsWith("reports/")) return named("report", value, []);
  if (isTargetFile(path)) {
    if (!Array.isArray(value)) return named("target", value, []);
    return value.flatMap((target, index) => named("target", target, [index]));
  }
  if (!path.startsWith("targets/")) return [];
  const milestones = mappingOf(value).milestones;
  return [
    ...named("plan", value, []),
    ...(Array.isArray(milestones) ? milestones : []).flatMap((milestone, index) =>
      named("milestone", milestone, ["milestones", index])
    )
  ];
}

function isTargetFile(path: string): boolean {
  return path.startsWith("targets/") && !path.endsWith("/plan.yaml");
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function mappingOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function fieldOf(value: unknown, field: string): string | null {
  const mapping = mappingOf(value);
  return typeof mapping[field] === "string" ? mapping[field] : null;
}
