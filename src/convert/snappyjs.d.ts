declare module 'snappyjs' {
  /** @throws {Error} where the data is damaged, or longer than `maxLength` when unpacked. */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array;
  export function compress(uncompressed: Uint8Array): Uint8Array;
}
