import * as vscode from 'vscode';
import { registerAssistantTools } from './editor/assistantLoader';
import { AnnotationStore } from './editor/annotations/annotationStore';
import { createApi, type BioBertApi } from './editor/api';
import type { CommandParts } from './editor/commands/parts';
import { registerCommands } from './editor/commands/registerCommands';
import { Decorations } from './editor/entities/decorations';
import { CurationStore } from './editor/workspace/curationStore';
import { TermFiles } from './editor/workspace/termFiles';
import type { DisposableLike } from './editor/dispose';
import { EngineHost, type EngineSetup } from './editor/engine/engineHost';
import { EntitiesView } from './editor/entities/entitiesView';
import { ContextKeys } from './editor/entities/contextKeys';
import { TaggedDocuments } from './editor/entities/entitySource';
import { TaggedFiles } from './editor/entities/taggedFiles';
import { AutoTagger } from './editor/entities/autoTagger';
import { showFirstSteps, walkthroughId } from './editor/firstSteps/firstStart';
import { Milestones } from './editor/firstSteps/milestones';
import { SampleFolder } from './editor/firstSteps/sampleFolder';
import { EntityHovers } from './editor/hover/hoverProvider';
import { Log, logFailure } from './editor/log';
import { createPanel } from './editor/panel/createPanel';
import { ServerAccess } from './editor/engine/serverAccess';
import { createFolder } from './editor/index/createFolder';
import { createPapers } from './editor/documents/createPapers';
import { registerRecords } from './editor/recordsLoader';
import { ReviewLoader } from './editor/reviewLoader';
import { registerMcpServer } from './editor/mcpDefinitions';
import { Settings } from './editor/settings';
import { createEngine, engineSetup, logStart } from './editor/engine/setup';
import { StatusBar } from './editor/statusBar';
import { LeftOutFiles } from './editor/documents/leftOutFiles';
import { DocumentTagger } from './editor/entities/documentTagger';

/** Creates the parts of the extension and connects them. No model is loaded here. */
export function activate(context: vscode.ExtensionContext): BioBertApi {
  const register = <T extends DisposableLike>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = register(new Log());
  const settings = register(new Settings());
  const curation = register(new CurationStore(log, () => settings.read('review.reviewer')));
  const terms = register(new TermFiles({ settings, log }));
  const server = register(new ServerAccess(context, settings));
  const setup = (): EngineSetup => engineSetup(context, settings, server);
  const engine = register(
    new EngineHost({
      curation: () => curation.load(),
      terms: (document) => terms.termsFor(document),
      createEngine: (chosen) => createEngine(context, chosen, log),
      allow: (how) => server.allow(how),
      setup,
      log,
    }),
  );
  const papers = createPapers(context, log, register);
  const store = register(new AnnotationStore());
  const documentTagger = register(new DocumentTagger(engine, store, settings));
  const files = register(new TaggedFiles(store));
  const leftOut = register(new LeftOutFiles(settings, log));
  const source = register(new TaggedDocuments(store, files, settings, leftOut));
  const milestones = register(new Milestones(store, { walkthrough: walkthroughId(context), settings, log }));
  const samples = new SampleFolder(context, documentTagger);
  const contextKeys = register(new ContextKeys(source, settings, log));
  const maxBytes = (): number => settings.maxFileBytes;
  const view = register(
    new EntitiesView({ source, contextKeys, memory: context.workspaceState, maxBytes, log }),
  );

  const review: ReviewLoader = register(new ReviewLoader((): CommandParts => commandParts, log));
  const { onDidChangeModel } = engine;
  const knowledge = { context, engine, store, settings, curation, terms, review, log, register };
  const folder = createFolder({ ...knowledge, setup, files, leftOut });
  const showKnown = (document: vscode.TextDocument): Promise<void> => folder.marks.show(document);
  const autoTagger = register(new AutoTagger(documentTagger, store, settings, log, showKnown));
  const panel = register(
    createPanel({
      ...{ ...knowledge, ...folder, folderIndex: folder.index },
      ...{ onDidChangeModel, documentTagger, milestones },
    }),
  );

  register(new Decorations(store, settings, log));
  const hovers = register(
    new EntityHovers({
      ...{ engine, store, settings, files, source, curation, milestones, log },
      relationsOf: panel.relationsOf,
    }),
  );
  register(new StatusBar({ engine, store, documentTagger, settings, server }));
  const commandParts: CommandParts = {
    context,
    engine,
    store,
    files,
    source,
    documentTagger,
    settings,
    view,
    panel,
    hovers,
    curation,
    terms,
    server,
    milestones,
    samples,
    papers,
    ...folder,
    log,
  };
  register(registerCommands(commandParts));
  register(registerRecords(commandParts));
  register(registerMcpServer(commandParts));
  register(registerAssistantTools({ ...commandParts, client: folder.client }));

  register(settings.onDidChange(() => engine.reconfigure()));
  register(server.onDidChange(() => engine.reconfigure()));
  register(vscode.workspace.onDidGrantWorkspaceTrust(() => engine.reconfigure()));
  register(onDidChangeModel((tasks) => tasks.includes('token-classification') && autoTagger.retagAll()));
  register(curation.onDidChange(() => autoTagger.retagAll()));
  register(terms.onDidChange(() => autoTagger.retagAll()));
  logStart(context, settings, log);
  logFailure(showFirstSteps(context, samples), log, 'showing the first steps');
  return createApi(engine, documentTagger, store);
}
