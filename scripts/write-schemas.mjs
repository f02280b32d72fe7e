// Writes schemas/*.schema.json from the schemas that `check` uses: npm run schemas
import {mkdirSync, writeFileSync} from "node:fs";
import {jsonSchema, schemaNames} from "../dist/config/json-schemas.js";

const folder = new URL("../schemas/", import.meta.url);
mkdirSync(folder, {recursive: true});
for (const name of schemaNames) writeFileSync(new URL(`${name}.schema.json`, folder), jsonSchema(name));
