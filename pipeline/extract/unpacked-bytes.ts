/** Unpacked bytes up to which no question is asked. */
const harmless = 2 ** 30;

/** Above that, how many times as large as its packed form a file may be. Text packs by 5 to 30, a file of zeros by 1000. */
const mostTimes = 200;

/** A small file that would fill the disk when it is unpacked. */
export class PackedBomb extends Error {
  readonly packed: number;

  constructor(packed: number) {
    super("the file is too large for what it is packed in");
    this.name = "PackedBomb";
    this.packed = packed;
  }
}

/** Counts what comes out of a packed file, and stops where that can't be honest. */
export class UnpackedBytes {
  readonly #packed: number;
  #unpacked = 0;

  /** @param packed Bytes of the file as delivered. */
  constructor(packed: number) {
    this.#packed = packed;
  }

  /** @throws PackedBomb */
  add(bytes: number): void {
    this.#unpacked += bytes;
    this.expect(0);
  }

  /** Before so many bytes are unpacked. @throws PackedBomb */
  expect(bytes: number): void {
    const all = this.#unpacked + bytes;
    if (all > harmless && all > mostTimes * this.#packed) throw new PackedBomb(this.#packed);
  }
}
