import {spawn} from "node:child_process";
import {setTimeout as wait} from "node:timers/promises";
import {fileURLToPath} from "node:url";

/** Real processes need the built program; `npm test` builds it first. */
export const program = fileURLToPath(new URL("../../dist/program/main.js", import.meta.url));

const preload = new URL("dying.mjs", import.meta.url).href;

interface Ended {
  readonly code: number | null;
  readonly milliseconds: number;
  readonly err: string;
}

/** When a process dies: after milliseconds, or before a call of the file layer. */
export type Death = {readonly way: "clock" | "call"; readonly after: number} | null;

/**
 * Runs a command line in a process of its own.
 *
 * @param death Null: none, it lives until it ends.
 */
export async function start(folder: string, words: readonly string[], death: Death): Promise<Ended> {
  const began = performance.now();
  const dying = death?.way === "call" ? ["--import", preload] : [];
  const child = spawn(process.execPath, [...dying, program, ...words], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: {...process.env, MILEPOST_DIE_AT: String(Math.ceil(death?.after ?? 0))}
  });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  if (death?.way === "clock") {
    await Promise.race([ended, wait(death.after)]);
    child.kill("SIGKILL");
  }
  return {code: await ended, milliseconds: performance.now() - began, err};
}
