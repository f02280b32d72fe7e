#!/usr/bin/env node
import {existsSync, readFileSync} from "node:fs";
import {main} from "./program.ts";

// A reader that closes early (`milepost loads | head`) is not a fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const {version} = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {version: string};

// Written where the program is gathered.
const build = new URL("./build.txt", import.meta.url);

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  now: () => new Date(),
  cwd: process.cwd(),
  terminal: process.stderr.isTTY === true,
  version,
  ...(existsSync(build) ? {build: readFileSync(build, "utf8")} : {})
});
