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
  EIO: "the disk can't be read or written",
  EFBIG: "the file grew larger than the disk or a limit of the system allows",
  EBUSY: "somebody holds it open",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
  EEXIST: "a file stands where a folder is needed",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long"
};

/** What the system's calls are to the one who reads of them. */
const deeds: Readonly<Record<string, string>> = {
  mkdir: "make the folder",
  open: "open the file",
  scandir: "list the folder",
  copyfile: "copy the file",
  link: "give the file its name",
  rename: "give the file its name",
  rm: "remove the file",
  unlink: "remove the file",
  fsync: "write the file to the disk",
  mkdtemp: "make a folder"
};

/** How the engine passes on the system's words, those of Windows too; it gives no code. */
const engineProblems: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|not enough space on the disk|max_temp_directory_size/i, "ENOSPC"],
  [/Permission denied|Access is denied/i, "EACCES"],
  [/Read-only file system|write protected/i, "EROFS"],
  [/Disk quota exceeded/i, "EDQUOT"],
  [/File too large/i, "EFBIG"],
  [/Input\/output error/i, "EIO"],
  [/Too many open files/i, "EMFILE"],
  [/being used by another process/i, "EBUSY"]
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
  return failure(deeds[syscall ?? ""] ?? syscall ?? "use the disk", problem, path ?? null);
}

function failure(doing: string, problem: string, path: string | null): RunFailure {
  return new RunFailure([complain("disk-refused", path === null ? null : {file: path}, {doing, problem})]);
}
