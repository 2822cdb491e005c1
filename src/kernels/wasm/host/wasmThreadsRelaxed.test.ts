import { describeOtherBuild } from '../../../../test/otherBuild.ts';

describeOtherBuild('shared', 2);
