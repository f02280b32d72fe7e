// Writes pipeline/charts/font-table.ts from the fonts: `node scripts/write-font-table.mjs`, when another version of them comes.
import {writeFileSync} from "node:fs";
import {createRequire} from "node:module";

const require = createRequire(import.meta.url);
const {openSync} = require("fontkit");
const family = "@expo-google-fonts/public-sans";
const files = {400: "400Regular/PublicSans_400Regular.ttf", 600: "600SemiBold/PublicSans_600SemiBold.ttf"};

// Without what ends a template string. The last two stand for the font's ligatures of fi and fl.
const ascii = Array.from({length: 94}, (_, index) => String.fromCharCode(33 + index)).filter(
  (one) => !/[\\`{}]/.test(one)
);
const characters = [...ascii, ..."–—−…·’‘“”×÷±½§•≥≤≠áéíóúñüÁÉÍÓÚÑÜ\uFB01\uFB02"];

/** [["a", 1], ["b", 2], ["c", 1]] -> "1 ac 2 b" */
function grouped(pairs) {
  const groups = new Map();
  for (const [character, value] of pairs) groups.set(value, (groups.get(value) ?? "") + character);
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([value, members]) => `${value} ${members}`)
    .join(" ");
}

function tableOf(file) {
  const font = openSync(require.resolve(`${family}/${file}`));
  const width = (text) => font.layout(text).advanceWidth;
  const alone = new Map(characters.map((character) => [character, width(character)]));
  const rows = characters.map((left) => {
    const pairs = characters.map((right) => [right, width(left + right) - alone.get(left) - alone.get(right)]);
    return [left, grouped(pairs.filter(([, kern]) => kern !== 0))];
  });
  // Most letters are kerned as some other one is.
  const lines = new Map();
  for (const [left, row] of rows) if (row !== "") lines.set(row, (lines.get(row) ?? "") + left);
  const kerning = [...lines].map(([row, lefts]) => `${lefts} ${row}`).join("\n");
  return `{\n    unitsPerEm: ${font.unitsPerEm},\n    blank: ${width(" ")},\n    advances: \`${grouped(alone)}\`,\n    kerning: \`${kerning}\`\n  }`;
}

writeFileSync(
  new URL("../pipeline/charts/font-table.ts", import.meta.url),
  `// Written by scripts/write-font-table.mjs.

/** What a font says of the width of a text, in its own units. */
export interface FontTable {
  readonly unitsPerEm: number;
  readonly blank: number;
  /** A width and the characters that are so wide, over and over. U+FB01 and U+FB02 are the ligatures of fi and fl. */
  readonly advances: string;
  /** A line: characters, then by how much they stand closer to (below 0) or farther from which others that follow, over and over. */
  readonly kerning: string;
}

/** Public Sans by weight. */
export const fontTables: Readonly<Record<400 | 600, FontTable>> = {
${Object.entries(files)
  .map(([weight, file]) => `  ${weight}: ${tableOf(file)}`)
  .join(",\n")}
};
`
);
