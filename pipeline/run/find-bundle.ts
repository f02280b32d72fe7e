import {createHash} from "node:crypto";
import {readFile, stat} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";
import {z} from "zod";
import {RunFailure} from "../diagnostics/failure.ts";
import {complain} from "../diagnostics/messages.ts";

/** What `verify` and `reproduce` read of a bundle's manifest. */
const manifestSchema = z.object({
  report: z.string(),
  period: z.object({name: z.string(), from: z.string(), to: z.string()}),
  edition: z.enum(["internal", "public"]),
  issue: z.object({number: z.int().positive(), by: z.string()}).nullable(),
  through: z.string(),
  as_of: z.string().nullable(),
  definitions: z.string(),
  knowledge: z.string(),
  inputs: z.array(z.object({load: z.string(), file: z.string()})),
  versions: z.record(z.string(), z.string()),
  outputs: z.array(z.object({path: z.string().refine(isPlain), bytes: z.int(), sha256: z.string()}))
});

export type BundleManifest = z.output<typeof manifestSchema>;

export interface FoundBundle {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: BundleManifest;
  readonly manifest_sha256: string;
}

/**
 * A bundle by its folder or one of the files in it, wherever it stands; a path that leads nowhere from `cwd` is looked
 * for in the folder of all bundles: `quarterly/2024-Q1/internal/1`.
 *
 * @param out Absolute: the project's folder of bundles; null where there is no project.
 * @throws RunFailure when there is none, or its manifest can't be read.
 */
export async function findBundle(given: string, cwd: string, out: string | null): Promise<FoundBundle> {
  const tried = [resolve(cwd, given), ...(out === null ? [] : [resolve(out, given)])];
  for (const path of tried) {
    const folder = await folderOf(path);
    if (folder === null) continue;
    const bytes = await readFile(join(folder, "manifest.json")).catch(() => null);
    if (bytes === null) continue;
    const manifest = manifestSchema.safeParse(parseJson(bytes.toString("utf8")));
    if (!manifest.success) {
      const problem = z.prettifyError(manifest.error).replaceAll("\n", " ");
      throw new RunFailure([complain("bundle-manifest", {file: join(folder, "manifest.json")}, {problem})]);
    }
    return {folder, manifest: manifest.data, manifest_sha256: createHash("sha256").update(bytes).digest("hex")};
  }
  throw new RunFailure([complain("no-bundle", {file: given}, {})]);
}

async function folderOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  if (found.isDirectory()) return path;
  return ["manifest.json", "index.html", "report.pdf"].includes(basename(path)) ? dirname(path) : null;
}

/** Below the bundle's folder, with forward slashes: a manifest may come from anywhere. */
function isPlain(path: string): boolean {
  return (
    !/^[/\\]|^[A-Za-z]:|\\/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
