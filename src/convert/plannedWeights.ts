import { type Parameter, parameterOf, type Parameters } from './parameters';
import { type MatrixSize, rawWeight, type WeightRecipe } from './weights';

/** The recipes by which the weights of a graph are computed from the parameters of a checkpoint. */
export class PlannedWeights {
  readonly recipes: WeightRecipe[] = [];

  constructor(private readonly parameters: Parameters) {}

  add(recipe: WeightRecipe): void {
    this.recipes.push(recipe);
  }

  /** Plans a weight that is the parameter itself. @returns its name, for the inputs of a node. */
  raw(name: string, shape: readonly number[]): string {
    this.add(rawWeight(name, this.parameter(name, shape), shape));
    return name;
  }

  /** A matrix as PyTorch stores it, `[out, in]`. */
  matrix(name: string, size: MatrixSize): Parameter {
    return this.parameter(name, [size.out, size.in]);
  }

  /** @throws {BioBertError} CHECKPOINT_* if the parameter is missing or has another shape. */
  parameter(name: string, shape: readonly number[]): Parameter {
    return parameterOf(this.parameters, name, shape);
  }
}
