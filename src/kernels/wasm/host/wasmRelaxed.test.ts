import { describeOtherBuild } from '../../../../test/otherBuild.ts';

describeOtherBuild('single', 1);
