import {type Pen, placeOf, printed, step} from "./plain-paths.ts";

/** An outline in steps that can be taken from anywhere, in hundredths of a px. */
interface Outline {
  /** Of its first point, from the middle. */
  readonly x: number;
  readonly y: number;
  readonly steps: string;
  /** Where the steps end, from the first point: an outline of several parts ends in its last. */
  readonly endX: number;
  readonly endY: number;
}

/** Of an outline and a size: the same few come again in every chart. */
const known = new Map<string, Outline | null>();

/**
 * Draws a symbol on.
 *
 * @param path SVG path in a box from -1 to 1, of lines and arcs; or "circle".
 * @param size Across, px.
 * @param x Of its middle, px.
 * @returns False where the outline holds anything else; nothing is drawn then.
 */
export function drawSymbol(pen: Pen, path: string, size: number, x: number, y: number): boolean {
  const key = `${size} ${path}`;
  let outline = known.get(key);
  if (outline === undefined) {
    outline = outlineOf(path === "circle" ? disc : path, size / 2);
    known.set(key, outline);
  }
  if (outline === null) return false;
  pen.moveTo(placeOf(x) + outline.x, placeOf(y) + outline.y);
  pen.steps(outline.steps, outline.endX, outline.endY);
  return true;
}

const disc = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z";

/** Numbers that a command takes. */
const taken: Readonly<Record<string, number>> = {M: 2, L: 2, A: 7, Z: 0};

function outlineOf(path: string, scale: number): Outline | null {
  const placed = (place: number) => Math.round(place * scale * 100);
  const parts: string[] = [];
  let [x, y, firstX, firstY, begunX, begunY] = [0, 0, 0, 0, 0, 0];
  for (const [, command = "", words = ""] of path.matchAll(/([a-z])([^a-z]*)/gi)) {
    const numbers = words === "" ? [] : words.split(",").map(Number);
    if (numbers.length !== taken[command] || numbers.some(Number.isNaN)) return null;
    if (command === "Z") {
      parts.push("z");
      [x, y] = [begunX, begunY];
      continue;
    }
    const [toX, toY] = [placed(numbers.at(-2)!), placed(numbers.at(-1)!)];
    if (command === "M" && parts.length === 0) [firstX, firstY] = [toX, toY];
    else if (command === "M") parts.push(step("m", toX - x, toY - y));
    else if (command === "L") parts.push(step("l", toX - x, toY - y));
    else {
      const radii = numbers.slice(0, 2).map((radius) => printed(placed(radius)));
      parts.push(step(`a${[...radii, ...numbers.slice(2, 5)].join(",")}`, toX - x, toY - y));
    }
    if (command === "M") [begunX, begunY] = [toX, toY];
    [x, y] = [toX, toY];
  }
  return {x: firstX, y: firstY, steps: parts.join(""), endX: x - firstX, endY: y - firstY};
}
