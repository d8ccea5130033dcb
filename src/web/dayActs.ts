// What finance officers say of a difference on its page.
import { noteDifference } from '../actions/noteDifference';
import { noteKinds } from '../domain/reconciliation';
import { isSoundText } from '../domain/text';
import { Problem } from '../problems';
import { dayAddress, dayListBehind, dayPlaceIn, differenceAddress } from './dayPlace';
import { differencePage } from './dayProof';
import type { Fields, OfficerVisit, Shown } from './screen';

const shortestText = 3;
const longestText = 500;

/** Refused, the page comes again with what was typed; said of what is settled since, one lands on the list of the day. */
export async function takeRemark(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req, t, res } = visit;
  const place = dayPlaceIn(visit);
  const from = dayListBehind(req);
  const { key = '', text = '', ownerId = '' } = sent;
  const kind = noteKinds.find((one) => one === sent['kind']);
  if (!kind || key === '') throw new Problem('request_invalid', 'key');
  const isWrong = text.trim().length < shortestText || text.length > longestText || !isSoundText(text);
  if (isWrong) {
    res.status(400);
    return differencePage(visit, key, { values: sent, errors: { text: t(text.length > longestText ? 'fieldTooLong' : 'reasonShort') } });
  }
  try {
    await noteDifference(ctx, { actor, ...place, key, kind, text: text.trim(), ...(kind === 'owner' ? { ownerId } : {}) });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500 || error.status === 403) throw error;
    if (error.code === 'difference_unknown') return { redirect: from ?? dayAddress(place) };
    res.status(error.status);
    return differencePage(visit, key, { values: sent, errors: {} }, error);
  }
  return { redirect: differenceAddress(place, key, from) };
}
