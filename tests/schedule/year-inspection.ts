import {createHash} from "node:crypto";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect} from "vitest";
import {readBundle} from "../../pipeline/bundle/bundle-folder.ts";
import type {LedgerEntry} from "../../pipeline/ledger/contract.ts";
import {readLedger} from "../../pipeline/ledger/entries.ts";
import {lastRuns} from "../../pipeline/schedule/run-records.ts";

type Issue = Extract<LedgerEntry, {kind: "issue"}>;

/** Looks at everything that a reader could look at, and remembers what it has found whole: that never changes again. */
export class Inspection {
  readonly #directory: string;
  readonly #whole = new Map<string, string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Holds after every stop: the ledger and the kept runs can be read; each load's rows and each published folder are
   * what the ledger says; `latest.*` lead to a whole issue; nothing half made stands under a name that is read; no
   * period has two issues.
   *
   * @returns The ledger's entries.
   */
  async look(): Promise<LedgerEntry[]> {
    const warehouse = join(this.#directory, "warehouse");
    const entries = await readLedger(warehouse);
    await lastRuns(warehouse, 10_000);
    for (const entry of entries) if (entry.kind === "load") this.#rows(join(warehouse, entry.load.rows_file), entry);
    const issues = entries.filter((entry): entry is Issue => entry.kind === "issue");
    const names = issues.map(({issue}) => `${issue.report} ${issue.period}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const shelf of this.#shelves()) await this.#shelf(shelf, issues);
    return entries;
  }

  #rows(path: string, {load}: Extract<LedgerEntry, {kind: "load"}>): void {
    if (this.#whole.get(path) === load.rows_sha256) return;
    expect(createHash("sha256").update(readFileSync(path)).digest("hex")).toBe(load.rows_sha256);
    this.#whole.set(path, load.rows_sha256);
  }

  #shelves(): string[] {
    const out = join(this.#directory, "out");
    if (!existsSync(out)) return [];
    return readdirSync(out, {recursive: true, encoding: "utf8"})
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => path.endsWith("/internal"));
  }

  async #shelf(shelf: string, issues: readonly Issue[]): Promise<void> {
    const folder = join(this.#directory, "out", shelf);
    const shown = readdirSync(folder).filter((name) => !name.startsWith("."));
    for (const name of shown.filter((one) => /^\d+$/.test(one))) {
      const entry = issues.find(({issue}) => issue.folder === `${shelf}/${name}`);
      expect(entry, `${shelf}/${name} is published`).toBeDefined();
      await this.#bundle(join(folder, name), entry!.issue.manifest_sha256);
    }
    if (shown.includes("draft")) expect(await readBundle(join(folder, "draft"))).not.toBeNull();
    if (shown.includes("latest.json")) {
      const latest = JSON.parse(readFileSync(join(folder, "latest.json"), "utf8"));
      await this.#bundle(join(folder, String(latest.number)), latest.manifest_sha256);
    }
    if (shown.includes("latest.html")) {
      const number = /url=(\d+)\/index\.html/.exec(readFileSync(join(folder, "latest.html"), "utf8"))?.[1];
      expect(existsSync(join(folder, `${number}/index.html`))).toBe(true);
    }
  }

  async #bundle(path: string, manifest: string): Promise<void> {
    if (this.#whole.get(path) === manifest) return;
    expect((await readBundle(path))?.manifest_sha256, path).toBe(manifest);
    this.#whole.set(path, manifest);
  }

  /** At the end each bundle is read once more: nothing was touched since. */
  forget(): void {
    this.#whole.clear();
  }
}
