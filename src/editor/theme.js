// The editor in the page's own colours: its custom properties reach into the shadow root.
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], color: 'var(--role-microtask)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--role-check)' },
  { tag: tags.number, color: 'var(--role-timers)' },
  { tag: tags.comment, color: 'var(--muted)' },
]);

const role = (name) => ({ [`.il-now.role-${name}`]: { boxShadow: `inset 3px 0 0 var(--role-${name})` } });
const roles = ['tick', 'microtask', 'timers', 'pending', 'poll', 'check', 'close', 'pool'].map(role);

export const theme = EditorView.theme(
  Object.assign(
    {
      '&': { color: 'var(--ink)', backgroundColor: 'var(--sunken)', borderRadius: '10px', maxHeight: 'var(--program-height, 24rem)' },
      '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
      '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '.8125rem', lineHeight: '1.65', overflow: 'auto' },
      '.cm-content': { padding: '10px 0', caretColor: 'var(--ink)' },
      '.cm-line': { padding: '0 14px 0 6px' },
      '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--muted)', border: 'none' },
      '.cm-lineNumbers .cm-gutterElement': { minWidth: '30px', padding: '0 6px 0 0' },
      '.cm-selectionBackground, &.cm-focused .cm-selectionBackground, ::selection': { backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)' },
      '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'color-mix(in srgb, var(--accent) 18%, transparent)', outline: 'none' },
      '.il-now': { backgroundColor: 'var(--highlight)', boxShadow: 'inset 3px 0 0 var(--ink)' },
      '.il-fault': { textDecoration: 'underline wavy var(--role-fault)' },
      '.il-message': { color: 'var(--role-fault)', padding: '2px 14px 4px 6px', fontSize: '.8125rem', whiteSpace: 'pre-wrap' },
    },
    ...roles,
  ),
);
