import type {Texts} from "./diagnostic.ts";

export interface BundleParameters {
  "no-bundle": Record<never, never>;
  "bundle-manifest": {problem: string};
  "manifest-changed": {number: number; recorded: string; found: string};
  "bundle-file-missing": Record<never, never>;
  "bundle-file-changed": {recorded: string; found: string; bytes: number; found_bytes: number};
  "bundle-file-unexpected": Record<never, never>;
  "inputs-not-known": {loads: readonly {readonly load: string; readonly file: string}[]};
}

/** More loads are counted, not named. */
const loadsNamed = 5;

const putBack = "Put it back from a copy of the bundle; an issue is never rewritten.";

export const bundleTexts: Texts<BundleParameters> = {
  "no-bundle": () => ({
    message: "There is no bundle here",
    expected: "a folder with a manifest.json, as milepost report and milepost issue make it",
    fix: "Name the folder, from here or from the project's folder of bundles: quarterly/2024-Q1/internal/1"
  }),
  "bundle-manifest": ({problem}) => ({
    message: "This manifest can't be read",
    found: problem,
    expected: "a manifest as milepost wrote it",
    fix: putBack
  }),
  "manifest-changed": ({number, recorded, found}) => ({
    message: `This is not the manifest of issue ${number} as it was published`,
    found: `SHA-256 ${found}`,
    expected: `SHA-256 ${recorded}, as the ledger recorded`,
    fix: putBack
  }),
  "bundle-file-missing": () => ({
    message: "A file that the manifest names is not there",
    fix: putBack
  }),
  "bundle-file-changed": ({recorded, found, bytes, found_bytes}) => ({
    message: "A file is not what the manifest says: it was altered or damaged",
    found: `${found_bytes.toLocaleString("en-US")} bytes, SHA-256 ${found}`,
    expected: `${bytes.toLocaleString("en-US")} bytes, SHA-256 ${recorded}`,
    fix: putBack
  }),
  "bundle-file-unexpected": () => ({
    message: "The manifest names no such file",
    fix: "Take it out of the bundle's folder: whoever reads the bundle takes it for a part of it."
  }),
  "inputs-not-known": ({loads}) => ({
    message: "The ledger of this project, as of then, lacks loads that the bundle was made from",
    found: `${loads
      .slice(0, loadsNamed)
      .map(({load, file}) => `${load} (${file})`)
      .join(", ")}${loads.length > loadsNamed ? ` and ${loads.length - loadsNamed} more` : ""}`,
    fix: "Name the project that made it with --project DIR, or restore its warehouse from a backup."
  })
};
