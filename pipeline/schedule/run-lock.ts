import {open, readdir, readFile, rm, stat} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {createExclusively, discard, temporaryBeside, writeFileSafely} from "../warehouse/safe-files.ts";
import {lifeOf, thisProcess} from "./this-process.ts";

const holderSchema = z.object({
  /** Of the run, 16 hex digits. */
  id: z.string(),
  how: z.enum(["run", "schedule"]),
  /** When the run began, UTC. */
  started: z.iso.datetime(),
  pid: z.int(),
  host: z.string(),
  machine: z.string(),
  born: z.string().nullable()
});

/** Who is at work. */
export type LockHolder = z.output<typeof holderSchema>;

export interface RunLock {
  /** False once another process has taken the lock over, because this one gave no sign of life for too long. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** Where a process can't be asked, one that gave no sign of life for so long is taken for dead: five minutes. */
const silence = 5 * 60_000;

/** A tenth of it, so that a short stall is no death. */
const beat = silence / 10;

/** Runs of this process that are over and whose lock the disk did not let go: it is theirs no more. */
const over = new Set<string>();

/** Deaths of processes that were just taking over from a dead one; more of them at once is no accident. */
const mostDeaths = 5;

/**
 * Takes the lock of a warehouse's runs, `run.lock`, for this process; from a process that is dead it is taken over.
 * Of any number that try at once one gets it.
 *
 * @param onDead Is told of a dead holder before the lock is taken over; may be told again when it is stopped itself.
 * @returns The lock, or who holds it.
 */
export async function takeRunLock(
  warehouse: string,
  run: Pick<LockHolder, "id" | "how" | "started">,
  onDead: (holder: LockHolder) => Promise<void>
): Promise<RunLock | LockHolder> {
  const path = join(warehouse, "run.lock");
  const own = {...run, ...(await thisProcess())};
  const holder = await take(path, own, onDead, mostDeaths).catch(async (error) => {
    // The disk may have failed just after the lock was made: this process goes on living, and would seem to hold it.
    over.add(own.id);
    if ((await readHolder(path).catch(() => null))?.id === own.id) await discard(path);
    throw error;
  });
  if (holder !== null) return holder;
  await clearRights(warehouse);
  const timer = setInterval(() => void giveSign(path, own), beat);
  timer.unref();
  return {
    isHeld: async () => (await readHolder(path))?.id === own.id,
    release: async () => {
      clearInterval(timer);
      if ((await readHolder(path))?.id !== own.id) return;
      try {
        await rm(path, {force: true});
      } catch (error) {
        over.add(own.id);
        throw error;
      }
    }
  };
}

/** @returns Null when it was taken; else who holds it. */
async function take(
  path: string,
  own: LockHolder,
  onDead: (holder: LockHolder) => Promise<void>,
  deaths: number
): Promise<LockHolder | null> {
  for (;;) {
    if (await createExclusively(path, text(own))) return null;
    const holder = await readHolder(path);
    // Released in the meantime.
    if (holder === null) continue;
    if (deaths === 0 || (await isAlive(path, holder))) return holder;
    // Only one process may ever take over from this holder: the one that has created the file named after it, and
    // then still finds the lock in the holder's hands.
    const right = `${path}.${holder.id}`;
    const rival = await take(right, own, async () => {}, deaths - 1);
    if (rival !== null) return rival;
    try {
      if ((await readHolder(path))?.id !== holder.id) continue;
      await onDead(holder);
      await writeFileSafely(path, text(own));
      return null;
    } finally {
      await rm(right, {force: true});
    }
  }
}

/** Of processes that died while they took over: nobody can take over by them any more. */
async function clearRights(warehouse: string): Promise<void> {
  for (const name of await readdir(warehouse)) {
    if (name.startsWith("run.lock.")) await rm(join(warehouse, name), {force: true});
  }
}

async function isAlive(path: string, holder: LockHolder): Promise<boolean> {
  if (over.has(holder.id)) return false;
  const life = await lifeOf(holder);
  return life === "unknown" ? (await silentFor(path)) < silence : life === "alive";
}

/** Milliseconds since the last sign of life, by the disk's own clock: those of two machines need not agree. */
async function silentFor(path: string): Promise<number> {
  const probe = temporaryBeside(path);
  try {
    await (await open(probe, "wx")).close();
    const [now, last] = await Promise.all([stat(probe), stat(path).catch(() => null)]);
    return last === null ? 0 : now.mtimeMs - last.mtimeMs;
  } finally {
    await rm(probe, {force: true});
  }
}

/** Writes the same again, if it is still there: the disk notes the time. */
async function giveSign(path: string, own: LockHolder): Promise<void> {
  const file = await open(path, "r+").catch(() => null);
  if (file === null) return;
  try {
    const written = parsed(await file.readFile("utf8"));
    if (written?.id === own.id) await file.write(text(own), 0);
  } catch {
    // A disk that is away for a moment: the next sign may reach it.
  } finally {
    await file.close();
  }
}

/** Null when there is none. One that can't be read was written by nobody who lives. */
async function readHolder(path: string): Promise<LockHolder | null> {
  const written = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return written === null ? null : (parsed(written) ?? unreadable);
}

const unreadable: LockHolder = {
  id: "unreadable",
  how: "run",
  started: "1970-01-01T00:00:00.000Z",
  pid: 0,
  host: "",
  machine: "",
  born: null
};

function parsed(written: string): LockHolder | null {
  try {
    return holderSchema.safeParse(JSON.parse(written)).data ?? null;
  } catch {
    return null;
  }
}

function text(holder: LockHolder): string {
  return `${JSON.stringify(holder, null, 2)}\n`;
}
