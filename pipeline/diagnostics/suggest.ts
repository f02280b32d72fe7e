import {distance} from "fastest-levenshtein";

/** The known word nearest to a misspelt one, or null when none is near enough to be meant: a third of its letters. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}

/** `Did you mean "x"?`, or the known words when none is near; at most twelve of them. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  const near = nearest(word, words);
  if (near !== null) return `Did you mean "${near}"?`;
  const shown = words.slice(0, 12).join(", ");
  return `Known: ${shown}${words.length > 12 ? `, and ${words.length - 12} more` : ""}`;
}
