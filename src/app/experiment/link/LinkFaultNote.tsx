import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { linkFault as words } from '../enExperiment.ts';
import { linkFaultText } from './linkFaultText.ts';
import { IconButton } from '../../ui/IconButton.tsx';

/** Why the link that was followed shows something else. */
export function LinkFaultNote() {
  const app = useApp();
  const fault = useAppState((state) => state.linkFault);
  if (!fault) return null;
  return (
    <div className="link-fault" role="alert">
      <p>
        <b>{words.heading(fault)}.</b> {linkFaultText(fault)} {words.instead(fault)}
      </p>
      <IconButton icon="remove" label={words.dismiss} onClick={() => app.dismissLinkFault()} />
    </div>
  );
}
