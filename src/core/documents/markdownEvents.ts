import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import type {
  Construct,
  Effects,
  Event,
  ParseContext,
  Resolver,
  TokenizeContext,
} from 'micromark-util-types';
import { isNestedTooDeep } from './markdownNesting';
import { StepLimitError, StepMeter } from './stepMeter';

/** Budget of a block: steps for each character, plus a fixed number. A step reads one character once. */
const stepsPerCharacter = 24;
const freeSteps = 5_000;
/** Steps in the time that an attempt to read a construct takes. */
const stepsPerAttempt = 4;
/** Number of list elements that a loop visits in the time of one step. */
const visitsPerStep = 32;
/** Number of list elements that `splice` moves in the time of one step. */
const movesPerStep = 512;

/**
 * The tokens of micromark for one block of Markdown.
 *
 * The time that micromark needs can grow with the square of the length of a block: it looks for the partner of each mark
 * in the whole paragraph, and reads again from the mark if it finds none. Therefore the steps are counted while it runs,
 * and a block that needs many times more than prose does is given up. Patterns that recognise such blocks in advance
 * were tried first: they missed some (`]`, list marks) and refused long tables, which are harmless.
 *
 * @throws {StepLimitError} if the block needs too many steps or its containers are nested too deep.
 */
export function markdownEvents(source: string): Event[] {
  // The meter does not see how deep containers are nested: micromark copies the list of open ones at each attempt.
  if (isNestedTooDeep(source)) throw new StepLimitError();
  meter.start(source.length * stepsPerCharacter + freeSteps);
  parser.defined = new Labels();
  parser.gfmFootnotes = new Labels();
  parser.lazy = lazyLines();
  // micromark does not count a byte order mark in its offsets. A space takes its place; no prose begins with one.
  const text = source.startsWith('\uFEFF') ? ` ${source.slice(1)}` : source;
  return postprocess(parser.document().write(preprocess()(text, undefined, true)));
}

/** Labels of definitions. micromark asks for each label whether it is defined, which is slow in an array. */
class Labels extends Array<string> {
  private readonly known = new Set<string>();

  override push(...labels: string[]): number {
    for (const label of labels) this.known.add(label);
    return super.push(...labels);
  }

  override includes(label: string): boolean {
    return this.known.has(label);
  }
}

/** Counts the steps of the block that is being read. */
const meter = new StepMeter();
/** Tokenizers whose characters are counted. */
const watched = new WeakSet<Effects>();
/** The parser for all blocks: making one takes longer than reading a short block. */
const parser = meteredParser();

/** A parser whose constructs count steps before they do what they always do. */
function meteredParser(): ParseContext {
  const parser = parse({ extensions: [gfm(), math()] });
  const metered = new Map<Construct, Construct>();
  const onlyOnce = (construct: Construct): Construct => {
    const known = metered.get(construct) ?? withMeter(construct);
    metered.set(construct, known);
    return known;
  };
  const { document, contentInitial, flowInitial, flow, text, string, insideSpan } = parser.constructs;
  for (const record of [document, contentInitial, flowInitial, flow, text, string, insideSpan]) {
    const lists = record as Record<string, readonly Construct[]>;
    for (const [code, list] of Object.entries(lists)) lists[code] = list.map(onlyOnce);
  }
  return parser;
}

/** For each lazy line, micromark looks through the paragraph for the token that the line continues. */
function lazyLines(): Record<number, boolean> {
  return new Proxy<Record<string, boolean>>(
    {},
    {
      set(lazy, line: string, isLazy: boolean) {
        if (isLazy) meter.spend(Number(line) / visitsPerStep);
        lazy[line] = isLazy;
        return true;
      },
    },
  );
}

function withMeter(construct: Construct): Construct {
  const { name = '', resolve, resolveTo, resolveAll, continuation, exit } = construct;
  // Constructs that only resolve have no tokenizer, in spite of their type.
  const tokenize = construct.tokenize as Construct['tokenize'] | undefined;
  return {
    ...construct,
    ...(tokenize && {
      tokenize(this: TokenizeContext, effects, ok, nok) {
        countCharacters(effects);
        meter.spend(stepsPerAttempt + this.events.length / movesPerStep + searchSteps(name, this));
        return tokenize.call(this, effects, ok, nok);
      },
    }),
    ...(resolve && { resolve: resolver(resolve, countRuns) }),
    ...(resolveTo && { resolveTo: resolver(resolveTo, () => 1) }),
    // The resolver without a name joins runs of text.
    ...(resolveAll && { resolveAll: resolver(resolveAll, name === '' ? countRuns : countClosing) }),
    ...(continuation && { continuation: withMeter(continuation) }),
    ...(exit && {
      exit(this: TokenizeContext, effects) {
        // The end of a container is inserted between the events so far, which are copied.
        meter.spend(this.events.length / visitsPerStep);
        exit.call(this, effects);
      },
    }),
  };
}

function countCharacters(effects: Effects): void {
  if (watched.has(effects)) return;
  watched.add(effects);
  const { consume } = effects;
  effects.consume = (code) => {
    meter.spend(1);
    consume(code);
  };
}

/** The steps of a construct that begins with a search in what precedes it. */
function searchSteps(name: string, context: TokenizeContext): number {
  if (name === 'gfmPotentialFootnoteCall') return context.events.length / visitsPerStep;
  if (name !== 'labelEnd') return 0;
  const start = context._labelStarts?.at(-1)?.end.offset;
  return start === undefined ? 0 : (context.now().offset - start) / visitsPerStep;
}

/**
 * A resolver passes over the events, and from each mark that may close a pair back to the mark that opens it. It also
 * splices the list of events.
 * @param splices The largest number of splices.
 */
function resolver(resolve: Resolver, splices: (events: readonly Event[]) => number): Resolver {
  return (events, context) => {
    const passes = 1 + countClosing(events);
    meter.spend((passes / visitsPerStep + splices(events) / movesPerStep) * events.length);
    return resolve(events, context);
  };
}

function countClosing(events: readonly Event[]): number {
  let closing = 0;
  for (const [kind, token] of events) if (kind === 'enter' && token._close) closing += 1;
  return closing;
}

/** Number of runs of events that can be joined: a run has at least two tokens of two events each. */
function countRuns(events: readonly Event[]): number {
  return events.length / 4;
}
