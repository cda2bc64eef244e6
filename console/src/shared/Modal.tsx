import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from 'tdesign-react';
import { CloseIcon } from 'tdesign-icons-react';
import { useTexts } from '../i18n';

interface Props {
  title: string;
  /** Whether it stands at the side, over the whole height. */
  isDrawer?: boolean;
  children: ReactNode;
  onClose: () => void;
}

/** A dialog of the browser's own, which keeps the keyboard in it, is left by Escape and gives the focus back. */
export function Modal({ title, isDrawer, children, onClose }: Props) {
  const texts = useTexts();
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={isDrawer ? 'modal drawer' : 'modal'}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <Button
          shape="square"
          variant="text"
          aria-label={texts.close}
          onClick={onClose}
          icon={<CloseIcon />}
        />
      </header>
      <div className="modal-body">{children}</div>
    </dialog>
  );
}
