/**
 * Default minimum probability of a mention that is shown. With calibrated probabilities, the threshold with the best
 * F1 is half of that F1 (Lipton, Elkan and Naryanaswamy 2014, theorem 1): about 0.4 for taggers with an F1 between 75
 * and 90. The development sets agree.
 */
export const defaultMinProbability = 0.4;
