// Writes schemas/*.schema.json, and the tables of fields in README files, from the schemas that `check` uses: npm run schemas
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {withFieldTables} from "../dist/config/field-tables.js";
import {jsonSchema, schemaNames} from "../dist/config/json-schemas.js";

const root = new URL("../", import.meta.url);
mkdirSync(new URL("schemas/", root), {recursive: true});
for (const name of schemaNames) writeFileSync(new URL(`schemas/${name}.schema.json`, root), jsonSchema(name));
for (const folder of ["targets", "sources", "reports"]) {
  const page = new URL(`${folder}/README.md`, root);
  writeFileSync(page, withFieldTables(readFileSync(page, "utf8")));
}
