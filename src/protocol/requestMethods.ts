import type { CallOptions, EngineMethod, EngineMethods, EngineRequest, EngineResult } from './engine';

/** Gives an engine that answers every request in one generic method the named methods of the contract. */
export abstract class RequestMethods implements EngineMethods {
  abstract ask<M extends EngineMethod>(
    method: M,
    request: EngineRequest<M>,
    options?: CallOptions<M>,
  ): Promise<EngineResult<M>>;

  tag(request: EngineRequest<'tag'>, options?: CallOptions<'tag'>): Promise<EngineResult<'tag'>> {
    return this.ask('tag', request, options);
  }

  relations(
    request: EngineRequest<'relations'>,
    options?: CallOptions<'relations'>,
  ): Promise<EngineResult<'relations'>> {
    return this.ask('relations', request, options);
  }

  passages(
    request: EngineRequest<'passages'>,
    options?: CallOptions<'passages'>,
  ): Promise<EngineResult<'passages'>> {
    return this.ask('passages', request, options);
  }

  embed(request: EngineRequest<'embed'>, options?: CallOptions<'embed'>): Promise<EngineResult<'embed'>> {
    return this.ask('embed', request, options);
  }

  answer(request: EngineRequest<'answer'>, options?: CallOptions<'answer'>): Promise<EngineResult<'answer'>> {
    return this.ask('answer', request, options);
  }

  concepts(
    request: EngineRequest<'concepts'>,
    options?: CallOptions<'concepts'>,
  ): Promise<EngineResult<'concepts'>> {
    return this.ask('concepts', request, options);
  }
}
