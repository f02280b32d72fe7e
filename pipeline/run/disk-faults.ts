import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";
import {QueryError} from "../warehouse/engine.ts";

/** What the disk says when it is the machine's fault, not ours. */
const problems: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the disk is read-only",
  ENOSPC: "no space left on the disk",
  EDQUOT: "the disk quota is used up",
  EIO: "the disk can't be read or written"
};

const engineProblems: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|max_temp_directory_size/i, "ENOSPC"],
  [/Permission denied/i, "EACCES"],
  [/Read-only file system/i, "EROFS"],
  [/Disk quota exceeded/i, "EDQUOT"]
];

/** Does the work; a full disk or a missing permission becomes a complaint, anything else stays what it is. */
export async function tellingDiskFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskFault(error) ?? error;
  }
}

function diskFault(error: unknown): RunFailure | null {
  if (error instanceof QueryError) {
    const found = engineProblems.find(([pattern]) => pattern.test(error.message));
    return found === undefined ? null : failure("work in the warehouse", problems[found[1]]!, null);
  }
  const {code, syscall, path} = (error ?? {}) as NodeJS.ErrnoException;
  const problem = code === undefined ? undefined : problems[code];
  if (problem === undefined || !(error instanceof Error)) return null;
  return failure(syscall === "scandir" || syscall === "read" ? "read" : (syscall ?? "work"), problem, path ?? null);
}

function failure(doing: string, problem: string, path: string | null): RunFailure {
  return new RunFailure([complain("disk-refused", path === null ? null : {file: path}, {doing, problem})]);
}
