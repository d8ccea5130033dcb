// Who did something, as the books sign it: a person by name, another system by its key's.
import type { Translate } from './labels';

export const signedAs = (signature: string, names: ReadonlyMap<string, string>, t: Translate): string =>
  names.get(signature) ?? (signature.startsWith('system:') ? `${t('system')} ${signature.slice('system:'.length)}` : signature);
