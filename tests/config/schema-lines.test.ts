import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {expect, test} from "vitest";
import {schemaOf} from "../../pipeline/config/schema-line.ts";

const root = join(import.meta.dirname, "../..");

/** The YAML files of a project, relative to it. */
function definitionsOf(project: string): string[] {
  const below = ["sources", "targets", "reports"].flatMap((folder) =>
    readdirSync(join(project, folder), {recursive: true, encoding: "utf8"})
      .map((name) => `${folder}/${name.split(sep).join("/")}`)
      .filter((name) => name.endsWith(".yaml"))
  );
  return ["milepost.yaml", ...below];
}

const projects = [".", "tests/config/good"];
const files = projects.flatMap((project) => definitionsOf(join(root, project)).map((file) => [project, file] as const));

test.each(files)("%s/%s names its schema in its first line, so that editors complete and check it", (project, file) => {
  const [first] = readFileSync(join(root, project, file), "utf8").split("\n");
  const schemas = relative(dirname(join(root, project, file)), join(root, "schemas"));
  expect(first).toBe(`# yaml-language-server: $schema=${schemas.split(sep).join("/")}/${schemaOf(file)}.schema.json`);
});
