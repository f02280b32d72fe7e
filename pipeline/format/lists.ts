import {formatCount} from "./numbers.ts";

/** joinWords(["a", "b", "c"]) //=> "a, b and c" */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/**
 * joinFirst(["a", "b", "c", "d"], 2) //=> "a, b and 2 more"
 *
 * @param most Of how many words none is left out; of one more neither, for "and 1 more" is no shorter than its name.
 */
export function joinFirst(words: readonly string[], most: number): string {
  const more = words.length - most;
  return more <= 1 ? joinWords(words) : `${words.slice(0, most).join(", ")} and ${formatCount(more)} more`;
}
