/** Controls, and the marks that turn the direction of text: a file may show them, a terminal must not obey them. */
const unsafe = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text of a user's file as a terminal may show it: each control character as one visible sign, tabs as a blank. */
export function harmless(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    if (character === "\t") return " ";
    // The block of control pictures shows U+0000 to U+001F in order, and DEL behind them.
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\uFFFD";
  });
}

/** East Asian wide and full-width characters and pictures, which terminals draw two columns wide. */
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
const combining = /\p{Mn}|\p{Me}|\u200B|\u200D/u;

/** Columns that a terminal needs for harmless text. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/**
 * A line made harmless and cut to `width` columns so that the character at `column` is seen; "…" marks a cut.
 *
 * @param column From 1, in UTF-16 units as editors count; past the end it is the place behind the last character.
 * @returns The text to show, and the part of it that stands before the character.
 */
export function cutAround(text: string, column: number, width: number): {shown: string; before: string} {
  const before = harmless(text.slice(0, Math.max(0, column - 1)));
  const after = harmless(text.slice(Math.max(0, column - 1)));
  if (displayWidth(before) + displayWidth(after) <= width) return {shown: before + after, before};
  // Two thirds before the caret, one third behind it; what one side does not need the other may have.
  const behind = Math.max(Math.floor(width / 3), width - displayWidth(before));
  const head = lastColumns(before, width - Math.min(behind, displayWidth(after)));
  return {shown: head + firstColumns(after, width - displayWidth(head)), before: head};
}

function firstColumns(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${take([...text], width - 1).join("")}…`;
}

function lastColumns(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `…${take([...text].reverse(), width - 1)
    .reverse()
    .join("")}`;
}

function take(characters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += displayWidth(character);
    if (used > width) break;
    taken.push(character);
  }
  return taken;
}
