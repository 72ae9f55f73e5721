import type { ScreeningWordKey } from '../../src/protocol/screeningWords';
import type { Words } from '../panel/words';

/** The words of the screening view. */
export type ScreenWords = Words<ScreeningWordKey>;
