/**
 * The least probability of a mention that is shown. With calibrated probabilities, the threshold that gives the best F1
 * is half of that F1 (Lipton, Elkan and Naryanaswamy 2014, theorem 1): near 0.4 for taggers between 75 and 90. The dev
 * sets agree.
 */
export const defaultMinProbability = 0.4;
