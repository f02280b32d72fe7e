// tsc copies only TypeScript: everything else that a stage reads at run time goes along here.
import {cpSync} from "node:fs";
import {extname} from "node:path";

const carried = new Set([".sql", ".css", ".typ", ".js"]);
cpSync("pipeline", "dist", {
  recursive: true,
  filter: (path) => extname(path) === "" || carried.has(extname(path))
});
