/** The entry of `dist/assistant.js`: the tools that assistants call, which few windows ever load. */
import { BioBertError, errorCodes } from '../../core/errors';
import { assistantTools } from '../../runtime/assistant/tools';
import type { AssistantBundle } from '../assistantLoader';
import { EditorFolder } from './editorFolder';

export const createTools: AssistantBundle['createTools'] = (parts) => {
  const folder = new EditorFolder(parts);
  return {
    run: async (name, input, signal) => {
      const tool = assistantTools.find((each) => each.name === name);
      if (!tool) throw unknownTool(name);
      return tool.run(input, folder, signal);
    },
    dispose: () => folder.dispose(),
  };
};

function unknownTool(name: string): BioBertError {
  return new BioBertError(errorCodes.INTERNAL, `There is no tool ${name}.`, 'Reinstall BioBERT.');
}

({ createTools }) satisfies AssistantBundle;
