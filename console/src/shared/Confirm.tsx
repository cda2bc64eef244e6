import { type ReactNode } from 'react';
import { Button } from 'tdesign-react';
import type { Failure } from '../api/failure';
import { useTexts } from '../i18n';
import { Modal } from './Modal';
import { Problem } from './Problem';

interface Props {
  title: string;
  children: ReactNode;
  action: string;
  isDanger?: boolean;
  isBusy?: boolean;
  failure?: Failure;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is done, and stays open with what went wrong. */
export function Confirm({ title, children, action, isDanger, isBusy, failure, onConfirm, onClose }: Props) {
  const texts = useTexts();
  return (
    <Modal title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        {children}
        {failure && <Problem failure={failure} />}
        <div className="modal-actions">
          <Button type="button" variant="outline" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" theme={isDanger ? 'danger' : 'primary'} loading={isBusy} disabled={isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
