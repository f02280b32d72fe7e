import {setFlagsFromString} from "node:v8";

/** The last version of V8 whose flags were looked at. */
const known = 13;

/**
 * Lets the engine wait nine times as long before it optimizes a function. A command of some seconds is over before most
 * of what is optimized pays for it: of a long report's processor time that was a fifth, on a core that the other
 * thread wants. What is truly hot is found a little later and runs as fast.
 */
export function optimizeLate(): void {
  // Another engine may not know the flag, and would say so.
  if (Number.parseInt(process.versions.v8, 10) <= known) setFlagsFromString("--interrupt-budget=600000");
}
