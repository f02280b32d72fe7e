/** The plural of a type of segment as this field prints it: Areas (a proper noun here), bureaus, cities. */
export function pluralOf(type: string): string {
  if (type === "area") return "Areas";
  return type.endsWith("y") ? `${type.slice(0, -1)}ies` : `${type}s`;
}
