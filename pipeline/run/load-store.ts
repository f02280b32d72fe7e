import {link, mkdir, readdir} from "node:fs/promises";
import {dirname, join, relative, sep} from "node:path";
import {cacheFolder} from "../actuals/rollup-cache.ts";
import type {Project} from "../config/project.ts";
import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import {complain} from "../diagnostics/messages.ts";
import type {ExtractSummary} from "../extract/contract.ts";
import {hashFile} from "../extract/file-bytes.ts";
import type {Knowledge, LedgerEntry, Load} from "../ledger/contract.ts";
import {storeDefinitions} from "../ledger/definitions.ts";
import {commitEntry, type NewEntry, numberedEntry, readLedger} from "../ledger/entries.ts";
import {copyFileSafely, exists, placeExclusively} from "../warehouse/safe-files.ts";

/** Where the loads of a command come to rest: in the warehouse, or, of a dry run, nowhere. */
export interface LoadStore {
  /** Absolute; paths of rows are relative to it. */
  readonly warehouse: string;
  /** Whether anything lasts. */
  readonly lasts: boolean;
  /** What an answer over some knowledge is asked of: a project, with the paths of rows relative to its warehouse. */
  asking(project: Project, known: Knowledge): {readonly project: Project; readonly known: Knowledge};
  /** The ledger, with what was committed to this store. */
  entries(): Promise<LedgerEntry[]>;
  /** Gives the rows of a load their place. */
  placeRows(source: string, load: string, rowsFile: string): Promise<Pick<Load, "rows_file" | "rows_sha256">>;
  /**
   * Keeps the rejects of a file where its owner alone can read them.
   *
   * @returns The note that says where; [] when there are none.
   */
  keepRejects(load: string, file: string, summary: Pick<ExtractSummary, "rejectsFile">): Promise<Diagnostic[]>;
  keepDefinitions(): Promise<void>;
  /** See `commitEntry`. */
  commit(entry: NewEntry, previousSequence: number): Promise<LedgerEntry | "taken">;
}

/** Everything lasts: a stop at any moment leaves whole loads. */
export function lastingStore(project: Project, warehouse: string): LoadStore {
  let read: LedgerEntry[] = [];
  /** Where the rows of this command were made, by their place. */
  const made = new Map<string, string>();
  const putBack = async (rows_file: string) => {
    const [from, path] = [made.get(rows_file), join(warehouse, rows_file)];
    if (from !== undefined && !(await exists(path)) && (await exists(from))) await placeExclusively(from, path);
  };
  return {
    warehouse,
    lasts: true,
    asking: (asked, known) => ({project: asked, known}),
    entries: async () => {
      // Entries never change: of a ledger of years only what came since is read again.
      read = await readLedger(warehouse, read);
      return [...read];
    },
    placeRows: async (source, load, rowsFile) => {
      const {sha256: rows_sha256} = await hashFile(rowsFile);
      for (const name of [load, `${load}-${rows_sha256.slice(0, 12)}`]) {
        const rows_file = `loads/${source}/${name}.parquet`;
        made.set(rows_file, rowsFile);
        if (await placeExclusively(rowsFile, join(warehouse, rows_file))) return {rows_file, rows_sha256};
        // Of a load that never came to its entry. When another version of milepost wrote other bytes, these stand
        // beside them, never over them.
        if ((await hashFile(join(warehouse, rows_file))).sha256 === rows_sha256) return {rows_file, rows_sha256};
      }
      throw new Error(`loads/${source}/${load}.parquet is there twice with other bytes`);
    },
    keepRejects: async (load, file, {rejectsFile}) => {
      if (rejectsFile === null) return [];
      const path = join(warehouse, rejectsPath(load));
      await mkdir(dirname(path), {recursive: true, mode: 0o700});
      await copyFileSafely(rejectsFile, path, 0o600);
      return [complain("rejects-kept", {file}, {path: rejectsPath(load), kept: true}, "note")];
    },
    keepDefinitions: async () => void (await storeDefinitions(warehouse, project.files, project.definitions)),
    commit: async (entry, previousSequence) => {
      const committed = await commitEntry(warehouse, entry, previousSequence);
      // A pruning that ran meanwhile knew the rows only as those of an earlier load; once there is an entry it leaves them.
      if (entry.kind === "load") await putBack(entry.load.rows_file);
      return committed;
    }
  };
}

/**
 * Nothing lasts: rows stay in the scratch folder, entries in memory, over the ledger as it is now. Later files of the
 * command are told over the earlier ones, as they would be. Answers are asked of a warehouse in the scratch folder, so
 * that the rollups that they leave for the next one go with it.
 */
export async function passingStore(warehouse: string, scratch: string): Promise<LoadStore> {
  const entries = await readLedger(warehouse);
  await lendRollups(warehouse, scratch);
  const inScratch = ({settings, ...project}: Project): Project => ({
    ...project,
    settings: {...settings, paths: {...settings.paths, warehouse: scratch}}
  });
  return {
    warehouse,
    lasts: false,
    asking: (project, {loads, ...known}) => ({
      project: inScratch(project),
      known: {
        ...known,
        loads: loads.map((load) => ({...load, rows_file: pathIn(scratch, join(warehouse, load.rows_file))}))
      }
    }),
    entries: async () => [...entries],
    placeRows: async (_source, _load, rowsFile) => ({
      rows_file: pathIn(warehouse, rowsFile),
      rows_sha256: (await hashFile(rowsFile)).sha256
    }),
    keepRejects: async (load, file, {rejectsFile}) =>
      rejectsFile === null ? [] : [complain("rejects-kept", {file}, {path: rejectsPath(load), kept: false}, "note")],
    keepDefinitions: async () => {},
    commit: async (entry, previousSequence) => {
      const committed = numberedEntry(entry, previousSequence + 1);
      entries.push(committed);
      return committed;
    }
  };
}

/**
 * Lets answers find the rollups that are kept, as links: their files are written beside and renamed, never in place.
 * Where a disk has no links, loads are rolled up again.
 */
async function lendRollups(warehouse: string, scratch: string): Promise<void> {
  const [kept, lent] = [cacheFolder(warehouse), cacheFolder(scratch)];
  const names = await readdir(kept).catch(() => []);
  await mkdir(lent, {recursive: true});
  await Promise.all(names.map((name) => link(join(kept, name), join(lent, name)).catch(() => {})));
}

/** A path relative to a folder, with forward slashes, as entries name their files. */
export function pathIn(folder: string, path: string): string {
  return relative(folder, path).replaceAll(sep, "/");
}

function rejectsPath(load: string): string {
  return `rejects/${load}.csv`;
}
