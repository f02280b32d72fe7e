import type {IsoDate} from "../calendar/iso-date.ts";
import type {Calendar, Period} from "../calendar/period.ts";
import type {Span} from "../calendar/span.ts";
import type {Goal, References} from "./goal.ts";
import type {Aggregate, Measure, Shape} from "./measure.ts";
import type {Milestone, Plan} from "./plan.ts";
import type {Report} from "./report.ts";
import type {Roster, SegmentKey} from "./roster.ts";
import type {Settings} from "./settings.ts";
import type {Source} from "./source.ts";
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
  /** How its value comes about; conditions in it name segments by their codes, as `where` does. */
  readonly aggregate: Aggregate;
  /** As `shapeOf` tells it; a ratio of two stocks is a stock. */
  readonly shape: Shape;
  /** Columns that its conditions and its aggregate read, sorted; of a ratio none, its two measures have their own. */
  readonly columns: readonly string[];
}

/** When a target is due. */
export type Due =
  | {readonly kind: "day"; readonly on: IsoDate}
  /** So long after the day on which a measure with `done` is completed. */
  | {readonly kind: "event"; readonly within: Span; readonly measure: string}
  /** So long after the day on which each unit joined its roster. */
  | {readonly kind: "joined"; readonly within: Span};

/** A later goal or due day, or both. */
export interface Revision {
  /** The day from which it holds. */
  readonly from: IsoDate;
  /** Null: as it was. */
  readonly goal: Goal | null;
  readonly due: Due | null;
  readonly reason: string;
  readonly approved_by: string;
}

/** A target with all its names resolved. */
export interface ProjectTarget extends Omit<Target, "period" | "at" | "milestone" | "goal" | "by" | "revisions"> {
  readonly origin: Origin;
  readonly period: Period;
  /** As first set. */
  readonly goal: Goal;
  /** As first set; null: the period's last day. */
  readonly due: Due | null;
  /** In order of time. */
  readonly revisions: readonly Revision[];
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
  /** By name, from seeds/references.csv. */
  readonly references: References;
  readonly sources: ReadonlyMap<string, ProjectSource>;
  readonly measures: ReadonlyMap<string, ProjectMeasure>;
  /** In order of plan, goal, initiative, activity, plan year, id. */
  readonly targets: readonly ProjectTarget[];
  readonly plans: readonly Plan[];
  readonly reports: ReadonlyMap<string, Report & {readonly origin: Origin}>;
}
