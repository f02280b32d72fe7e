import type {Calendar, Period} from "../calendar/period.ts";
import type {Milestone, Plan} from "./plan.ts";
import type {Report} from "./report.ts";
import type {Roster, SegmentKey} from "./roster.ts";
import type {Settings} from "./settings.ts";
import type {Measure, Source} from "./source.ts";
import type {Target} from "./target.ts";

export type {SegmentKey} from "./roster.ts";

/** One file of the project's definitions, as stored and hashed. */
export interface DefinitionFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly contents: Uint8Array;
}

/** Where an item stands in the user's files, for messages and for `explain`. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

export interface ProjectSource extends Source {
  readonly origin: Origin;
  /** The code lists that its checks name, so that a change of a list is a change of the definition; left out, none. */
  readonly checkedAgainst?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A measure with its source; names of measures are unique in a project. */
export interface ProjectMeasure extends Measure {
  readonly name: string;
  readonly source: string;
  /** Columns that its `where` and `sum` read, sorted. */
  readonly columns: readonly string[];
}

/** A target with all its names resolved. */
export interface ProjectTarget extends Omit<Target, "period" | "at" | "milestone"> {
  readonly origin: Origin;
  readonly period: Period;
  /** The segment where it binds. */
  readonly at: SegmentKey;
  readonly milestone: Milestone | null;
  readonly plan: Plan | null;
}

/** A project whose files have no fault: nothing in it is optional that has a default, no name is unresolved. */
export interface Project {
  /** Absolute. */
  readonly directory: string;
  readonly files: readonly DefinitionFile[];
  /** SHA-256 over all definition files, paths included, in order of path. */
  readonly definitions: string;
  readonly settings: Settings;
  readonly calendar: Calendar;
  readonly roster: Roster;
  /** Codes by the list's name, from seeds/code-lists.csv. */
  readonly codeLists: ReadonlyMap<string, readonly string[]>;
  readonly sources: ReadonlyMap<string, ProjectSource>;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  /** In order of plan, goal, initiative, activity, plan year, id. */
  readonly targets: readonly ProjectTarget[];
  readonly plans: readonly Plan[];
  readonly reports: ReadonlyMap<string, Report & {readonly origin: Origin}>;
}
