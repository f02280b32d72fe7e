export const cases: readonly {readonly file: string; readonly bytes: () => Uint8Array}[];
