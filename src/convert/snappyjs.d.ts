declare module 'snappyjs' {
  /** @throws {Error} if the data are damaged, or longer than `maxLength` after unpacking. */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array;
  export function compress(uncompressed: Uint8Array): Uint8Array;
}
