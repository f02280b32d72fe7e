import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {tmpdir} from "node:os";
import {resolve, sep} from "node:path";

/** What a disk can answer instead of doing what it is asked. */
export interface Fault {
  readonly code: "ENOSPC" | "EIO" | "EACCES" | "EROFS";
  /** Number of the call that fails, from 1. */
  readonly call: number;
}

/** A call of the file layer that changes the disk. */
export interface DiskCall {
  /** As the system names it: `open`, `write`, `fsync`, `rename`. */
  readonly name: string;
  readonly path: string;
}

type AnyFunction = (...parameters: never[]) => unknown;
type Functions = Record<string, AnyFunction>;

/** Functions whose first parameter is a path and that change the disk, with what the system calls them. */
const byPath: Readonly<Record<string, string>> = {
  mkdir: "mkdir",
  mkdtemp: "mkdtemp",
  writeFile: "open",
  rename: "rename",
  link: "link",
  symlink: "symlink",
  copyFile: "copyfile",
  chmod: "chmod",
  rm: "rm",
  rmdir: "rmdir",
  unlink: "unlink",
  truncate: "truncate"
};

const removals = new Set(["rm", "rmdir", "unlink"]);

/** Of a file that is open. */
const ofHandles: Readonly<Record<string, string>> = {
  write: "write",
  writeFile: "write",
  appendFile: "write",
  sync: "fsync",
  datasync: "fsync",
  truncate: "ftruncate"
};

/** Which later calls fail too, once one has: a full disk stays full, a sector that can't be read is one. */
function failsToo(code: Fault["code"], first: DiskCall, call: DiskCall): boolean {
  if (code === "ENOSPC") return !removals.has(call.name) && call.name !== "rename";
  if (code === "EROFS") return true;
  return code === "EACCES" && call.name === first.name;
}

/**
 * Does work on a disk that fails: the call of that number that would change something below the folder, or in
 * milepost's own temporary folders, throws, and with some faults every later one.
 *
 * @param fault Null: nothing fails; for counting.
 * @returns What the work did, and all calls that were made.
 */
export async function withFailingDisk<T>(
  folder: string,
  fault: Fault | null,
  work: () => Promise<T>
): Promise<{readonly result: T; readonly calls: readonly DiskCall[]; readonly failed: DiskCall | null}> {
  const calls: DiskCall[] = [];
  let failed: DiskCall | null = null;
  const concerns = (path: unknown): path is string =>
    typeof path === "string" &&
    (resolve(path).startsWith(folder + sep) || resolve(path).startsWith(`${tmpdir()}${sep}milepost-`));
  const ask = (name: string, path: string) => {
    const call = {name, path};
    calls.push(call);
    if (fault === null) return;
    if (failed === null ? calls.length !== fault.call : !failsToo(fault.code, failed, call)) return;
    failed ??= call;
    throw Object.assign(new Error(`${fault.code}: injected, ${name} '${path}'`), {
      code: fault.code,
      syscall: name,
      path
    });
  };
  const restore: (() => void)[] = [];
  const replace = (object: Functions, name: string, made: (own: AnyFunction) => AnyFunction) => {
    const own = object[name]!;
    object[name] = made(own);
    restore.push(() => {
      object[name] = own;
    });
  };
  const promises = fs.promises as unknown as Functions;
  const plain = fs as unknown as Functions;
  for (const [name, systemName] of Object.entries(byPath)) {
    replace(promises, name, (own) => async (...parameters: never[]) => {
      // Of a link and a rename the new name matters.
      const path = parameters[name === "link" || name === "rename" || name === "copyFile" ? 1 : 0];
      if (concerns(path)) ask(systemName, path);
      return own(...parameters);
    });
    replace(plain, `${name}Sync`, (own) => (...parameters: never[]) => {
      if (concerns(parameters[0])) ask(systemName, parameters[0]);
      return own(...parameters);
    });
  }
  replace(promises, "open", (own) => async (...parameters: never[]) => {
    const [path, flags = "r"] = parameters as unknown as [unknown, string?];
    if (!concerns(path)) return own(...parameters);
    if (flags !== "r") ask("open", path);
    const handle = (await own(...parameters)) as Functions;
    for (const [name, systemName] of Object.entries(ofHandles)) {
      const of = handle[name]!.bind(handle) as AnyFunction;
      handle[name] = async (...rest: never[]) => {
        ask(systemName, path);
        return of(...rest);
      };
    }
    return handle;
  });
  const open = new Map<number, string>();
  replace(plain, "openSync", (own) => (...parameters: never[]) => {
    const [path, flags = "r"] = parameters as unknown as [unknown, string?];
    if (concerns(path) && flags !== "r") ask("open", path);
    const descriptor = own(...parameters) as number;
    if (concerns(path)) open.set(descriptor, path);
    return descriptor;
  });
  replace(plain, "writeSync", (own) => (...parameters: never[]) => {
    const path = open.get(parameters[0] as unknown as number);
    if (path !== undefined) ask("write", path);
    return own(...parameters);
  });
  replace(plain, "closeSync", (own) => (...parameters: never[]) => {
    open.delete(parameters[0] as unknown as number);
    return own(...parameters);
  });
  syncBuiltinESMExports();
  try {
    const result = await work();
    return {result, calls, failed};
  } finally {
    for (const undo of restore) undo();
    syncBuiltinESMExports();
  }
}
