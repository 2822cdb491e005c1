import * as v from 'valibot';
import { LinkError } from '../../../model/linkError.ts';
import { decodeView } from '../../../model/linkView.ts';
import { MOST_PICTURE_BYTES, MOST_VIEWS, pictureTypes } from '../../state/keptView.ts';

const text = v.pipe(v.string(), v.maxLength(5000, 'longer than 5,000 characters'));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

function isAddress(address: string): boolean {
  try {
    decodeView(address);
    return true;
  } catch (error) {
    if (error instanceof LinkError) return false;
    throw error;
  }
}

const keptView = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^\d{1,16}$/, 'expected a number')),
  name: text,
  question: text,
  summary: text,
  address: v.pipe(text, v.check(isAddress, 'no address of a view')),
  step: whole,
  made: whole,
  picture: v.nullable(
    v.strictObject({
      type: v.picklist(pictureTypes),
      bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_PICTURE_BYTES)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')),
    }),
  ),
});

/** The views that are kept with a run. */
export const keptViewsSchema = v.pipe(
  v.array(keptView),
  v.maxLength(MOST_VIEWS, `more than ${MOST_VIEWS}`),
  v.check((views) => new Set(views.map(({ id }) => id)).size === views.length, 'two have one id'),
);
