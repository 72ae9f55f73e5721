import fc from 'fast-check';

/**
 * The property tests draw the same examples in each run, so that a change fails only through its own faults.
 * `npm run test:properties` draws new ones.
 */
fc.configureGlobal({ seed: Number(process.env['BIOBERT_PROPERTY_SEED'] ?? 1) });
