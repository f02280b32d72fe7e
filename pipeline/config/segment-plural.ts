/** Words of types that are not written in small letters. */
const properWords: Readonly<Record<string, string>> = {area: "Area", csp: "CSP", lafd: "LAFD", metro: "Metro"};

/** What one segment of a type is called in print: an Area (a proper noun here), a bureau, a CSP site. */
export function nounOf(type: string): string {
  return type
    .split("_")
    .map((word) => properWords[word] ?? word)
    .join(" ");
}

/** The plural of a type of segment as this field prints it: Areas (a proper noun here), bureaus, cities. */
export function pluralOf(type: string): string {
  const noun = nounOf(type);
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** countedSegments(21, "area") //=> "21 Areas"; countedSegments(1, "bureau") //=> "1 bureau" */
export function countedSegments(count: number, type: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? nounOf(type) : pluralOf(type)}`;
}

/**
 * What the segments of a list or table are called together, the finest first. The one at the top, which stands above all
 * others, is named only where it stands alone.
 *
 * @param types Of each segment, from the root down, so that the city comes before its Areas.
 * @example segmentWords(["city", "bureau", "bureau", "area"], "or") //=> "Area or bureau"; segmentWords(["area"], "or") //=> "Area"
 */
export function segmentWords(types: readonly string[], conjunction: "and" | "or"): string {
  const [first, ...others] = [...new Set(types)];
  const isRoot = others.length > 0 && types.filter((type) => type === first).length === 1;
  const nouns = [...(isRoot ? [] : [first ?? "segment"]), ...others].reverse().map(nounOf);
  return nouns.length === 1 ? nouns[0]! : `${nouns.slice(0, -1).join(", ")} ${conjunction} ${nouns.at(-1)}`;
}
