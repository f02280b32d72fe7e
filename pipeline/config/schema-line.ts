import type {SchemaName} from "./json-schemas.ts";

/** schemaOf("targets/plan-2024/plan.yaml") //=> "plan": which schema a file of a project is held against, by its path in it. */
export function schemaOf(path: string): SchemaName {
  if (path.startsWith("sources/")) return "source";
  if (path.startsWith("reports/")) return "report";
  if (!path.startsWith("targets/")) return "milepost";
  return path.endsWith("/plan.yaml") ? "plan" : "target";
}

/**
 * The first line of a definition, by which editors find its schema.
 *
 * @param schemas The folder of the schemas as seen from the file's own: `../schemas`, or a URL.
 */
export function schemaLine(path: string, schemas: string): string {
  return `# yaml-language-server: $schema=${schemas}/${schemaOf(path)}.schema.json`;
}
