/** Where the token for an inference server is passed on: to the forked process, and to `biobert` at a terminal. */
export const serverTokenVariable = 'BIOBERT_ENGINE_TOKEN';
