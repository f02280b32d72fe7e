// Second step of npm run build: gathers what dist/cli/main.js imports, packages and all, into a few files of dist/program.
// Node takes half a millisecond to find, read and link a file: a report has seven hundred, and vega as many again.
import {createHash} from "node:crypto";
import {cpSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {basename, extname, join} from "node:path";
import {rolldown} from "rolldown";

const folder = "dist/program";
const entries = {
  main: "dist/cli/main.js",
  // A thread begins with a file of its own.
  "paper-worker": "dist/bundle/paper-worker.js",
  // So that the bench can time them.
  "kept-project": "dist/run/kept-project.js",
  publish: "dist/run/publish.js"
};
/** Machine code comes with them: they stay where npm put them. */
const native = ["@duckdb/node-bindings", "@myriaddreamin/typst-ts-node-compiler", "@resvg/resvg-js"];

const program = await rolldown({
  input: entries,
  platform: "node",
  external: native,
  onLog: (level, {message}) => {
    if (level === "warn") throw new Error(message);
  }
});
// Names and lines as they are in dist: the stack of a bug can be read.
await program.write({dir: folder, cleanDir: true, chunkFileNames: "[name].js", minify: false});
// What a file reads by name from beside itself: beside each other now.
for (const name of readdirSync("pipeline", {recursive: true})) {
  const asset = ![".ts", ".md", ""].includes(extname(name));
  if (asset) cpSync(join("pipeline", name), join(folder, basename(name)), {errorOnExist: true, force: false});
}
// What is kept between commands is kept by the program that made it.
const build = createHash("sha256");
for (const name of readdirSync(folder).sort()) build.update(`${name}\0`).update(readFileSync(join(folder, name)));
writeFileSync(join(folder, "build.txt"), build.digest("hex"));
