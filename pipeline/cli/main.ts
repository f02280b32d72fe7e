#!/usr/bin/env node
import {readFileSync} from "node:fs";
import {main} from "./program.ts";

// A reader that closes early (`milepost loads | head`) is not a fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const {version} = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {version: string};

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  now: () => new Date(),
  cwd: process.cwd(),
  terminal: process.stderr.isTTY === true,
  version
});
