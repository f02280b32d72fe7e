import {createHash} from "node:crypto";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Project} from "../config/project.ts";
import {type Chance, chances} from "./random.ts";

/** What synthetic extracts are made of. */
export interface World {
  /** Definitions: roster, targets, sources. */
  readonly project: Project;
  readonly seed: number;
  /** Rows against reality, 1 being all of them; what is rare keeps its level. */
  readonly scale: number;
  /**
   * The last day that the extracts speak of. Events are drawn by their day, whatever this is, and then shown as they are
   * known by then: with a later day the same ones come again, and more.
   */
  readonly through: IsoDate;
  /** An independent run of chance by name: the same seed and name, the same run from its beginning. */
  chance(name: string): Chance;
}

/** A cell as it is to stand in the file; null is an empty cell, a boolean is Y or N. */
export type Cell = string | number | boolean | null;

/** One file to be written. */
export interface SampleExtract {
  /** `event-log-2024-03-31-synthetic.csv`; one that ends in `.gz` is compressed. */
  readonly file: string;
  readonly header: readonly string[];
  /** Read once, a record at a time. */
  readonly records: Iterable<readonly Cell[]>;
}

/** Makes the extracts of one source. Nothing is drawn before the records are read. */
export type ExtractMaker = (world: World) => readonly SampleExtract[];

export function worldOf(given: Omit<World, "chance">): World {
  return {...given, chance: (name) => chances(seedOf(given.seed, name), 1)[0]!};
}

/** extractFile("event-log", "2024-03-31") //=> "event-log-2024-03-31-synthetic.csv" */
export function extractFile(source: string, through: IsoDate): string {
  return `${source}-${through}-synthetic.csv`;
}

function seedOf(seed: number, name: string): number {
  return createHash("sha256").update(`${seed} ${name}`).digest().readInt32LE(0);
}
