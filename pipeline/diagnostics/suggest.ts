import {distance} from "fastest-levenshtein";

/**
 * The known word nearest to a misspelt one, or null when none is near enough to be meant: at most a third of its
 * letters differ, so a word of one or two letters is near to nothing.
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.floor(word.length / 3) + 1;
  for (const candidate of known) {
    const d = lettersApart(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

/** `Did you mean "x"?`, or the known words when none is near; at most twelve of them. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  const near = nearest(word, words);
  if (near !== null) return `Did you mean "${near}"?`;
  if (words.length === 0) return "There is none yet";
  const shown = words.slice(0, 12).join(", ");
  return `Known: ${shown}${words.length > 12 ? `, and ${words.length - 12} more` : ""}`;
}

/** Edit distance; letters in another order count as one slip ("aera"). */
function lettersApart(a: string, b: string): number {
  const apart = distance(a, b);
  return apart > 1 && [...a].sort().join("") === [...b].sort().join("") ? 1 : apart;
}
