/** Environment variable with the token of an inference server, for the forked process and for the `biobert` command. */
export const serverTokenVariable = 'BIOBERT_ENGINE_TOKEN';
