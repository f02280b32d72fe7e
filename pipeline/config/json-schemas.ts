import {z} from "zod";
import {planSchema} from "./plan.ts";
import {reportSchema} from "./report.ts";
import {settingsSchema} from "./settings.ts";
import {sourceSchema} from "./source.ts";
import {targetFileSchema} from "./target.ts";

const schemas = {
  milepost: {schema: settingsSchema, title: "milepost.yaml: what holds for the whole project"},
  source: {schema: sourceSchema, title: "sources/*.yaml: the contract of one kind of extract"},
  target: {schema: targetFileSchema, title: "targets/**/*.yaml: one target or a list of them"},
  plan: {schema: planSchema, title: "targets/*/plan.yaml: a published plan's own list"},
  report: {schema: reportSchema, title: "reports/*.yaml: what a bundle holds"}
};

export type SchemaName = keyof typeof schemas;

export const schemaNames = Object.keys(schemas) as SchemaName[];

/**
 * A user's file as JSON Schema, so that editors complete and check while it is written. It says less than `check`:
 * names across files, and rules between keys, are not in it.
 */
export function jsonSchema(name: SchemaName): string {
  const {schema, title} = schemas[name];
  const {$schema, ...rest} = z.toJSONSchema(schema, {io: "input", unrepresentable: "any", override: leaveOutLater});
  return `${JSON.stringify({$schema, title, ...rest}, null, 2)}\n`;
}

/** Keys that are not supported yet are not offered; to an editor they are unknown, which is refused too. */
function leaveOutLater({jsonSchema: node}: {readonly jsonSchema: z.core.JSONSchema.BaseSchema}): void {
  for (const [key, property] of Object.entries(node.properties ?? {})) {
    if (typeof property === "object" && property.not !== undefined) delete node.properties?.[key];
  }
}
