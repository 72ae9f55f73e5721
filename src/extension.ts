import * as vscode from 'vscode';
import { AnnotationStore } from './editor/annotations/annotationStore';
import { createApi, type BioBertApi } from './editor/api';
import { registerCommands } from './editor/commands/registerCommands';
import { Decorations } from './editor/entities/decorations';
import { CurationStore } from './editor/workspace/curationStore';
import type { DisposableLike } from './editor/dispose';
import { EngineHost } from './editor/engine/engineHost';
import { EntitiesView } from './editor/entities/entitiesView';
import { ContextKeys } from './editor/entities/contextKeys';
import { TaggedDocuments } from './editor/entities/source';
import { TaggedFiles } from './editor/entities/taggedFiles';
import { Following } from './editor/entities/following';
import { EntityHovers } from './editor/hover/hoverProvider';
import { Log } from './editor/log';
import { createPanel } from './editor/panel/createPanel';
import { ServerAccess } from './editor/engine/serverAccess';
import { Settings } from './editor/settings';
import { createEngine, engineSetup, logStart } from './editor/engine/setup';
import { StatusBar } from './editor/statusBar';
import { Tagging } from './editor/entities/tagging';

/** Makes the parts and hands them to each other. Nothing is loaded or started here. */
export function activate(context: vscode.ExtensionContext): BioBertApi {
  const own = <T extends DisposableLike>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(new Log());
  const settings = own(new Settings());
  const curation = own(new CurationStore(log));
  const server = own(new ServerAccess(context, settings));
  const engine = own(
    new EngineHost({
      curation: () => curation.current(),
      createEngine: (setup) => createEngine(context, setup, log),
      allow: (how) => server.allow(how),
      setup: () => engineSetup(context, settings, server),
      log,
    }),
  );
  const store = own(new AnnotationStore());
  const tagging = own(new Tagging(engine, store, settings));
  const following = own(new Following(tagging, store, settings, log));
  const files = own(new TaggedFiles(store));
  const source = own(new TaggedDocuments(store, files, settings));
  const contexts = own(new ContextKeys(source, settings, log));
  const maxBytes = (): number => settings.maxFileSizeMB * 1024 * 1024;
  const view = own(new EntitiesView({ source, contexts, memory: context.workspaceState, maxBytes, log }));

  const { onDidChangeModel } = engine;
  const panel = own(
    createPanel({ context, engine, onDidChangeModel, store, tagging, settings, curation, log, own }),
  );

  own(new Decorations(store, settings, log));
  own(new EntityHovers({ engine, store, settings, files, curation, log, relationsOf: panel.relationsOf }));
  own(new StatusBar({ engine, store, tagging, settings, server }));
  own(
    registerCommands({
      context,
      engine,
      store,
      files,
      source,
      tagging,
      settings,
      view,
      panel,
      curation,
      server,
      log,
    }),
  );

  own(settings.onDidChange(() => engine.reconfigure()));
  own(server.onDidChange(() => engine.reconfigure()));
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => engine.reconfigure()));
  own(onDidChangeModel((tasks) => tasks.includes('token-classification') && following.tagAllAgain()));
  own(curation.onDidChange(() => following.tagAllAgain()));
  logStart(context, settings, log);
  return createApi(engine, tagging, store);
}
