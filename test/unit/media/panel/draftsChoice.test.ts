import { describe, expect, it, vi } from 'vitest';
import { DraftsChoice } from '../../../../media/panel/draftsChoice';

function choice() {
  const send = vi.fn<(isWithout: boolean, onFailure: () => void) => void>();
  const show = vi.fn<(isWithout: boolean) => void>();
  return { drafts: new DraftsChoice({ send, show }), send, show };
}

describe('DraftsChoice', () => {
  it('is shown at once and sent once', () => {
    const { drafts, send, show } = choice();
    drafts.choose(true);
    drafts.choose(true);
    drafts.confirm(true);
    expect(send).toHaveBeenCalledTimes(1);
    expect(show).toHaveBeenLastCalledWith(true);
    expect(drafts.isWithout).toBe(true);
  });

  it('returns to the setting if that cannot be changed', () => {
    const { drafts, send, show } = choice();
    drafts.choose(true);
    send.mock.calls[0]?.[1]();
    expect(show).toHaveBeenLastCalledWith(false);
    expect(drafts.isWithout).toBe(false);
  });

  it('follows the setting, but no message that was sent before the choice', () => {
    const { drafts, send } = choice();
    drafts.confirm(true);
    expect(drafts.isWithout).toBe(true);
    drafts.choose(false);
    drafts.confirm(true);
    expect(drafts.isWithout).toBe(false);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
