/** Writes the data of an SVG path, as short as it can be said. Places are hundredths of a px, whole, so that steps add up. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  /** Steps that were written before, and where they end from where they began. */
  steps(steps: string, endX: number, endY: number): void;
  /** What was drawn. */
  data(): string;
}

/** A pen on empty paper. */
export function newPen(): Pen {
  let data = "";
  let [atX, atY] = [0, 0];
  return {
    moveTo(x, y) {
      const absolute = `M${pair(x, y)}`;
      const relative = step("m", x - atX, y - atY);
      data += data !== "" && relative.length < absolute.length ? relative : absolute;
      [atX, atY] = [x, y];
    },
    lineTo(x, y) {
      if (x === atX && y === atY) return;
      data += step("l", x - atX, y - atY);
      [atX, atY] = [x, y];
    },
    steps(steps, endX, endY) {
      data += steps;
      atX += endX;
      atY += endY;
    },
    data: () => data
  };
}

/** To a tenth of a px, in hundredths: placeOf(12.345) //=> 1230 */
export function placeOf(place: number): number {
  return Math.round(place * 10) * 10;
}

/** A step by some hundredths of a px: step("l", 150, -50) //=> "l1.5-.5"; step("l", 150, 0) //=> "h1.5" */
export function step(command: string, x: number, y: number): string {
  if (command === "l" && y === 0) return `h${printed(x)}`;
  if (command === "l" && x === 0) return `v${printed(y)}`;
  return `${command}${command.length > 1 && x >= 0 ? "," : ""}${pair(x, y)}`;
}

/** A minus parts two numbers as well as a comma does. */
function pair(x: number, y: number): string {
  return y < 0 ? `${printed(x)}${printed(y)}` : `${printed(x)},${printed(y)}`;
}

/** Hundredths of a px in px: printed(-50) //=> "-.5" */
export function printed(hundredths: number): string {
  const number = String(hundredths / 100);
  if (number.startsWith("0.")) return number.slice(1);
  return number.startsWith("-0.") ? `-${number.slice(2)}` : number;
}
