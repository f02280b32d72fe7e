/** Of an outline and a size: the same few come again in every chart. */
const drawn = new Map<string, string | null>();

/**
 * A symbol's outline from its middle on, in steps.
 *
 * @param outline SVG path in a box from -1 to 1, of lines and arcs; or "circle".
 * @param size Across, px.
 * @returns Null where the outline holds anything else.
 */
export function symbolPath(outline: string, size: number): string | null {
  const key = `${size} ${outline}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const path = steps(outline === "circle" ? disc : outline, size / 2);
  drawn.set(key, path);
  return path;
}

const disc = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z";

/** Numbers that a command takes. */
const taken: Readonly<Record<string, number>> = {M: 2, L: 2, A: 7, Z: 0};

function steps(outline: string, scale: number): string | null {
  const parts: string[] = [];
  let [x, y] = [0, 0];
  let begun = [0, 0];
  for (const [, command = "", words = ""] of outline.matchAll(/([a-z])([^a-z]*)/gi)) {
    const numbers = words === "" ? [] : words.split(",").map(Number);
    if (numbers.length !== taken[command] || numbers.some(Number.isNaN)) return null;
    if (command === "Z") {
      parts.push("z");
      [x, y] = begun as [number, number];
      continue;
    }
    const [toX, toY] = numbers.slice(-2).map((number) => settled(number * scale)) as [number, number];
    const radii = command === "A" ? `${numbers.slice(0, 2).map((radius) => settled(radius * scale))},` : "";
    const turns = command === "A" ? `${numbers.slice(2, 5)},` : "";
    parts.push(`${command.toLowerCase()}${radii}${turns}${settled(toX - x)},${settled(toY - y)}`);
    [x, y] = [toX, toY];
    if (command === "M") begun = [x, y];
  }
  return parts.join("");
}

/** To a hundredth of a px. */
function settled(place: number): number {
  return Math.round(place * 100) / 100;
}
