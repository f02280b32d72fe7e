import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {readProject} from "../../pipeline/config/read-project.ts";
import {renderDiagnostics} from "../../pipeline/diagnostics/render.ts";
import {parseCase, withProject} from "./case-file.ts";

const good = join(import.meta.dirname, "good");
const folder = join(import.meta.dirname, "cases");

describe("what is said about a fault", () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith(".txt")))("%s", async (name) => {
    const path = join(folder, name);
    const {head, changes} = parseCase(readFileSync(path, "utf8"));
    const said = await withProject(good, changes, async (directory) => {
      const {project, diagnostics} = await readProject(directory);
      const failed = diagnostics.some(({severity}) => severity === "error");
      expect(project === null).toBe(failed);
      expect(diagnostics).not.toEqual([]);
      return renderDiagnostics(diagnostics);
    });
    // `vitest -u` writes what is said now into the case; read it before it is committed.
    await expect(`${head}${said}`).toMatchFileSnapshot(path);
  });
});
