// Reads a TypeScript file with the compiler's own parser: what it imports, and where it reaches for the world outside.
import ts from 'typescript';

export interface Import {
  specifier: string;
  /** The imported names; `*` and `default` for the whole. */
  names: string[];
  line: number;
}

export interface Finding {
  kind: 'clock' | 'chance' | 'network' | 'world' | 'settings' | 'transact' | 'problem';
  text: string;
  line: number;
}

export interface Source {
  imports: Import[];
  findings: Finding[];
  /** The keys of the objects that constants at the top of the file hold. */
  topLevelKeys: string[];
}

const worldly = new Map<string, Finding['kind']>([
  ['fetch', 'network'],
  ['performance', 'clock'],
  ['process', 'world'],
  ['console', 'world'],
  ['globalThis', 'world'],
  ['setTimeout', 'world'],
  ['setInterval', 'world'],
  ['setImmediate', 'world'],
]);

const members = new Map<string, Finding['kind']>([
  ['Date.now', 'clock'],
  ['Math.random', 'chance'],
  ['crypto.randomUUID', 'chance'],
  ['crypto.getRandomValues', 'chance'],
  ['process.env', 'settings'],
]);

export function sourceOf(file: string, text: string): Source {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const source: Source = { imports: [], findings: [], topLevelKeys: [] };
  const lineOf = (node: ts.Node): number => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node: ts.Node): void => {
    const imported = importIn(node);
    if (imported) source.imports.push({ ...imported, line: lineOf(node) });
    for (const finding of findingsIn(node)) source.findings.push({ ...finding, line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  source.topLevelKeys = tree.statements.flatMap(keysIn);
  return source;
}

function importIn(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
      ? { specifier: node.moduleSpecifier.text, names: namesOf(node) }
      : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return whole(node.argument.literal);
  if (ts.isExternalModuleReference(node)) return whole(node.expression);
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression;
  const loads = called.kind === ts.SyntaxKind.ImportKeyword || called.getText() === 'require' || called.getText() === 'jest.requireActual';
  return loads ? whole(node.arguments[0]) : undefined;
}

/** A specifier that is worked out at run time cannot be checked, so it is reported as it stands and no wall lets it through. */
const whole = (node: ts.Node | undefined): Omit<Import, 'line'> => ({
  specifier: node && ts.isStringLiteralLike(node) ? node.text : (node?.getText() ?? ''),
  names: ['*'],
});

function namesOf(node: ts.ImportDeclaration | ts.ExportDeclaration): string[] {
  if (ts.isExportDeclaration(node)) {
    return node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements.map(original) : ['*'];
  }
  const { name, namedBindings } = node.importClause ?? {};
  const named = !namedBindings ? [] : ts.isNamedImports(namedBindings) ? namedBindings.elements.map(original) : ['*'];
  return name ? ['default', ...named] : named;
}

const original = (element: ts.ImportSpecifier | ts.ExportSpecifier): string => (element.propertyName ?? element.name).text;

function findingsIn(node: ts.Node): Omit<Finding, 'line'>[] {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const key = ts.isPropertyAccessExpression(node) ? node.name.text : node.argumentExpression.getText().replace(/['"`]/g, '');
    const text = `${node.expression.getText().replace(/^globalThis\./, '')}.${key}`;
    const kind = members.get(text);
    return kind ? [{ kind, text }] : [];
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return [{ kind: 'clock', text: 'new Date()' }];
  if (ts.isNewExpression(node) && node.expression.getText() === 'Problem') return codesIn(node.arguments?.[0]);
  if (ts.isCallExpression(node)) return callIn(node);
  if (!ts.isIdentifier(node) || !isValue(node)) return [];
  const kind = worldly.get(node.text);
  return kind ? [{ kind, text: node.text }] : [];
}

function callIn(node: ts.CallExpression): Omit<Finding, 'line'>[] {
  const called = node.expression.getText();
  if (called === 'Date') return [{ kind: 'clock', text: 'Date()' }];
  return /(^|\.)transact$/.test(called) ? [{ kind: 'transact', text: `${called}()` }] : [];
}

function codesIn(node: ts.Node | undefined): Omit<Finding, 'line'>[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [{ kind: 'problem', text: node.text }];
  if (ts.isConditionalExpression(node)) return [...codesIn(node.whenTrue), ...codesIn(node.whenFalse)];
  return ts.isBinaryExpression(node) ? [...codesIn(node.left), ...codesIn(node.right)] : [];
}

/** Whether the identifier is used as a value of that name, and is not just the name of a member, a parameter or a type. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isTypeNode(parent) || ts.isTypeElement(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(
    (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isMethodDeclaration(parent) || ts.isBindingElement(parent)) &&
    parent.name === node
  );
}

function keysIn(statement: ts.Statement): string[] {
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ initializer }) => {
    let value = initializer;
    while (value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value)))
      value = value.expression;
    return value && ts.isObjectLiteralExpression(value)
      ? value.properties.flatMap(({ name }) => (name && !ts.isComputedPropertyName(name) ? [name.text] : []))
      : [];
  });
}
