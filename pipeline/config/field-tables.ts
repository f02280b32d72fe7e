import {jsonSchema, type SchemaName, schemaNames} from "./json-schemas.ts";

/** What a JSON Schema says of one key, as far as a table tells it. */
interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
}

const begin = /^<!-- fields of ([\w.-]+) -->$/;
const end = "<!-- end of fields -->";

/**
 * Fills the tables of a Markdown page between `<!-- fields of target.goal -->` and `<!-- end of fields -->` from the
 * schemas by which users' files are checked.
 *
 * @throws When a mark names a mapping that no schema has, or has no end.
 */
export function withFieldTables(markdown: string): string {
  const lines = markdown.split("\n");
  const result: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    result.push(line);
    const [, path] = begin.exec(line) ?? [];
    if (path === undefined) continue;
    const last = lines.indexOf(end, at);
    if (last < 0) throw new Error(`${line} has no end`);
    result.push(fieldTable(path), end);
    at = last;
  }
  return result.join("\n");
}

/** fieldTable("target.goal") //=> "| key | | |\n|---|---|---|\n| `change` | | Against the baseline: ... |" */
export function fieldTable(path: string): string {
  const [name = "", ...keys] = path.split(".");
  if (!schemaNames.includes(name as SchemaName)) throw new Error(`there is no schema ${name}`);
  let nodes = mappingsOf(JSON.parse(jsonSchema(name as SchemaName)) as Node);
  for (const key of keys) nodes = nodes.flatMap(({properties}) => mappingsOf(properties?.[key] ?? {}));
  if (nodes.length === 0) throw new Error(`${path} is no mapping`);
  const names = [...new Set(nodes.flatMap(({properties}) => Object.keys(properties ?? {})))];
  const rows = names.map((key) => {
    const found = nodes.flatMap(({properties}) => properties?.[key] ?? []);
    const needed = nodes.every(({required = []}) => required.includes(key)) && found[0]?.default === undefined;
    return `| \`${key}\` | ${needed ? "required" : ""} | ${[...new Set(found.map(words))].join(" ")} |`;
  });
  return ["| key | | |", "|---|---|---|", ...rows].join("\n");
}

/** The mappings that may stand here: in a list, under any name, or in one of several forms. */
function mappingsOf({properties, items, additionalProperties, anyOf, oneOf, ...node}: Node): Node[] {
  if (properties !== undefined) return [{...node, properties}];
  const within = [items, typeof additionalProperties === "object" ? additionalProperties : undefined];
  const found = [...within, ...(anyOf ?? []), ...(oneOf ?? [])].flatMap((one) =>
    one === undefined ? [] : mappingsOf(one)
  );
  const seen = new Set<string>();
  // A file of targets holds one or a list of the same.
  return found.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
}

function words(node: Node): string {
  const {description = ""} = node;
  const choices = [node, ...(node.anyOf ?? [])].flatMap((one) => one.enum ?? []).map(String);
  const untold = choices.some((choice) => !description.includes(choice));
  const list = untold ? ` One of ${choices.map((choice) => `\`${choice}\``).join(", ")}.` : "";
  return `${description}${list}`.replaceAll("|", "\\|").trim();
}
