import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {jsonSchema, schemaNames} from "../../pipeline/config/json-schemas.ts";

const root = join(import.meta.dirname, "../..");

test.each(schemaNames)("schemas/%s.schema.json is what the schema says now (else: npm run schemas)", (name) => {
  expect(readFileSync(join(root, `schemas/${name}.schema.json`), "utf8")).toBe(jsonSchema(name));
});

test("a schema is strict, describes its keys, and offers no key that is not supported yet", () => {
  const schema = JSON.parse(jsonSchema("source"));
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toEqual(["source", "title", "files", "delivery", "covers", "date", "columns"]);
  expect(schema.properties.delivery.enum).toEqual(["snapshot", "period", "upsert", "append"]);
  expect(schema.properties.reported.description).toBe("Column of type date: the day it became known.");
  const measure = schema.properties.measures.additionalProperties;
  expect(Object.keys(measure.properties)).toContain("median");
  expect(Object.keys(measure.properties)).not.toContain("suppress");
});

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

/** Paths of keys that an editor could say nothing of. */
function undescribed(node: unknown, path: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  const {properties = {}} = node as Node;
  const own = Object.entries(properties).flatMap(([key, {description}]) =>
    description === undefined ? [`${path}.${key}`] : []
  );
  return [...own, ...Object.entries(node).flatMap(([key, child]) => undescribed(child, `${path}.${key}`))];
}

test.each(schemaNames)("%s: every key says what it is, where it is typed", (name) => {
  expect(undescribed(JSON.parse(jsonSchema(name)), name)).toEqual([]);
});
