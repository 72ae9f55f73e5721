import type { Concept } from '../types';

/** A concept without further fields that a record of it has. */
export function plainConcept({ id, name, source, species }: Concept): Concept {
  return { id, name, source, ...(species !== undefined && { species }) };
}
