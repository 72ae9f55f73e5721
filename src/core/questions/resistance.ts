/** Questions for what acts, or for that to which something is resistant. */

/** A question for what acts: "Which drug overcomes resistance?", "Which inhibitors are active against T790M?" */
const acting =
  /\b(?:overc[ao]m\w*|circumvent\w*|revers\w*|bypass\w*|restor\w*|effective|active|treat\w*|inhibit|inhibits|targets?|used|kills?)\b/iu;
/** A question for what does not act, or for that to which something is resistant: "… resistant to?" */
const notActing = /\b(?:not|no longer|fail\w*|los[et]s?|less)\b|\bto (?:which|what)\b|\bto\s*\?*\s*$/iu;

/** Whether a question asks for something that acts, which that to which something is resistant does not. */
export function asksForActing(question: string): boolean {
  return acting.test(question) && !notActing.test(question);
}
