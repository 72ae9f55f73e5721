import ts from 'typescript';
import type { Sources } from './layers';

/** Most members of one class. A class with more keeps too much state in one place: move some of it into a smaller class. */
export const maxMembers = 20;

/** Fields, accessors, methods, and the parameters of the constructor that are fields. */
function membersOf(node: ts.ClassLikeDeclaration): number {
  return node.members
    .filter((member) => !ts.isSemicolonClassElement(member))
    .reduce((sum, member) => {
      if (!ts.isConstructorDeclaration(member)) return sum + 1;
      const fields = member.parameters.filter((parameter) =>
        ts.isParameterPropertyDeclaration(parameter, member),
      );
      return sum + fields.length;
    }, 0);
}

/** @returns the number of members of each class, by `file: name`. */
export function classSizes(sources: Sources): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [name, text] of sources) {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isClassLike(node)) sizes.set(`${name}: ${node.name?.text ?? 'unnamed'}`, membersOf(node));
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return sizes;
}

/** @returns a message for each class that has too many members. */
export function memberViolations(sizes: ReadonlyMap<string, number>): string[] {
  return [...sizes]
    .filter(([, size]) => size > maxMembers)
    .map(([name, size]) => `${name} has ${size} members; at most ${maxMembers} are allowed`);
}
