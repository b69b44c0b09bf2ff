/** Small drawings, all decorative: the words beside them say what they mean. */

interface IconProps {
  readonly path: string;
}

function Icon({ path }: IconProps) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

export const BackIcon = () => <Icon path="M15 5l-7 7 7 7" />;
export const CameraIcon = () => <Icon path="M4.5 6.5h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM14.5 10.5l6.5-3.5v10l-6.5-3.5" />;
export const CameraOffIcon = () => (
  <Icon path="M9 6.5h3.5a2 2 0 0 1 2 2V12M14.5 15.5a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M15 10.3l6-3.3v10l-2.5-1.4M3 3l18 18" />
);
export const CheckIcon = () => <Icon path="M5 12.5l4.5 4.5L19 7.5" />;
export const ClockIcon = () => <Icon path="M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 7.5V12l3 2" />;
export const CloseIcon = () => <Icon path="M6 6l12 12M18 6L6 18" />;
export const DownIcon = () => <Icon path="M12 5v14M6 13l6 6 6-6" />;
export const LinkIcon = () => (
  <Icon path="M10 14a4 4 0 0 0 5.7 0l3.3-3.3a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0L5 13.3a4 4 0 0 0 5.7 5.7L12 17.7" />
);
export const HangUpIcon = () => (
  <Icon path="M3 14.5c0-2.5 4-5 9-5s9 2.5 9 5v1.5c0 .8-.6 1.3-1.4 1.2l-3-.5c-.6-.1-1.1-.6-1.1-1.2v-1.7a11 11 0 0 0-7 0v1.7c0 .6-.5 1.1-1.1 1.2l-3 .5c-.8.1-1.4-.4-1.4-1.2z" />
);
export const MegaphoneIcon = () => <Icon path="M4 9.5v5h3.5L15 19V5L7.5 9.5zM18.5 9a4.5 4.5 0 0 1 0 6M8 14.5V19h2.5" />;
export const MicrophoneIcon = () => (
  <Icon path="M12 3.5a2.8 2.8 0 0 0-2.8 2.8v5.2a2.8 2.8 0 0 0 5.6 0V6.3A2.8 2.8 0 0 0 12 3.5zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
);
export const MicrophoneOffIcon = () => (
  <Icon path="M9.2 9.2v2.3a2.8 2.8 0 0 0 4.4 2.3M14.8 10.5V6.3a2.8 2.8 0 0 0-5.3-1.2M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.5 11.5a6.5 6.5 0 0 1-.5 2.5M12 18v3M3 3l18 18" />
);
export const PeopleIcon = () => (
  <Icon path="M9 11.5a3.5 3.5 0 1 0 0-7a3.5 3.5 0 1 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.3a6.5 6.5 0 0 1 3.5 5.7" />
);
export const PlusIcon = () => <Icon path="M12 5v14M5 12h14" />;
export const SendIcon = () => <Icon path="M4.5 12L20 4.5 15 20l-3.5-6.5zM11.5 13.5L20 4.5" />;
export const WarningIcon = () => <Icon path="M12 4L2.5 20h19zM12 10v4.5M12 17.3v.2" />;

/** Two ways that meet in one room. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="logo-ground" width="32" height="32" rx="8" />
      <path className="logo-ways" d="M8.5 9.5C15 9.5 14 16 20 16M8.5 22.5C15 22.5 14 16 20 16" />
      <circle className="logo-end" cx="8.5" cy="9.5" r="2.8" />
      <circle className="logo-end" cx="8.5" cy="22.5" r="2.8" />
      <rect className="logo-room" x="18.5" y="11.5" width="8" height="9" rx="2.4" />
    </svg>
  );
}
