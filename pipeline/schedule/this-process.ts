import {readFile, readlink} from "node:fs/promises";
import {hostname} from "node:os";

/** Who holds a lock, so that others can tell whether it still lives. */
export interface ProcessIdentity {
  readonly pid: number;
  /** For people. */
  readonly host: string;
  /** Equal where two processes see one another's numbers: the host since it was started, and its space of numbers. */
  readonly machine: string;
  /** When the process was started, as the system counts; numbers are given again. Null where the system does not say. */
  readonly born: string | null;
}

export async function thisProcess(): Promise<ProcessIdentity> {
  const {pid} = process;
  return {pid, host: hostname(), machine: await machine(), born: await birthOf(pid)};
}

/**
 * Whether the process is alive.
 *
 * @returns "unknown" where it runs on another machine, or where its number is in use and nothing tells whether by it.
 */
export async function lifeOf({pid, machine: where, born}: ProcessIdentity): Promise<"alive" | "dead" | "unknown"> {
  if (where !== (await machine())) return "unknown";
  if (!isInUse(pid)) return "dead";
  const now = await birthOf(pid);
  if (born === null || now === null) return "unknown";
  return born === now ? "alive" : "dead";
}

function isInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, so it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** On Linux the number of this start of the machine and of the space that process numbers are of: containers have own ones. */
async function machine(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const space = await readlink("/proc/self/ns/pid").catch(() => "");
  return [hostname(), boot.trim(), space].filter((part) => part !== "").join(" ");
}

/** Field 22 of /proc/PID/stat: clock ticks from the start of the machine. The name before it may hold anything. */
async function birthOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return (
    stat
      ?.slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .at(19) ?? null
  );
}
