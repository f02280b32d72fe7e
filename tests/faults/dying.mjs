// Loaded before milepost (node --import): the process kills itself at the call of the file layer whose number
// MILEPOST_DIE_AT says, just before that call does anything.
import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";

const last = Number(process.env.MILEPOST_DIE_AT);
let calls = 0;

for (const name of ["open", "rename", "link", "mkdir", "mkdtemp", "copyFile", "chmod", "rm"]) {
  const own = fs.promises[name];
  fs.promises[name] = async (...parameters) => {
    // What is only read is no moment of its own.
    const writes = name !== "open" || (parameters[1] !== undefined && parameters[1] !== "r");
    if (writes) {
      calls += 1;
      if (calls >= last) process.kill(process.pid, "SIGKILL");
    }
    return own(...parameters);
  };
}
syncBuiltinESMExports();
