// The program editor: CodeMirror with JavaScript and SQL, bundled on its own and fetched when someone first edits.
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers, WidgetType } from '@codemirror/view';
import { sql } from './sql.js';
import { colours, theme } from './theme.js';

/** Where the program is, and where it is wrong: `{ line, role }` or `{ line, message }`; line 0 is nowhere. */
const setRunning = StateEffect.define();
const setFault = StateEffect.define();

class Message extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }
  eq(other) {
    return other.text === this.text;
  }
  toDOM() {
    const message = document.createElement('div');
    message.className = 'il-message';
    message.setAttribute('role', 'note');
    message.textContent = this.text;
    return message;
  }
}

function marks(effect, draw) {
  return StateField.define({
    create: () => Decoration.none,
    update(marks, transaction) {
      const { value } = transaction.effects.findLast((candidate) => candidate.is(effect)) ?? {};
      if (value) {
        const known = value.line > 0 && value.line <= transaction.state.doc.lines;
        return known ? Decoration.set(draw(transaction.state.doc.line(value.line), value)) : Decoration.none;
      }
      return marks.map(transaction.changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

const running = marks(setRunning, (line, { role }) => [
  Decoration.line({ class: `il-now ${role}`, attributes: { 'aria-current': 'step' } }).range(line.from),
]);

const fault = marks(setFault, (line, { message }) => [
  Decoration.line({ class: 'il-fault' }).range(line.from),
  Decoration.widget({ widget: new Message(message), block: true, side: 1 }).range(line.to),
]);

function open(host, { source, language, label, onEdit, onRun }) {
  // In a shadow root CodeMirror's styles are constructed style sheets, which a strict content policy allows;
  // in the document they would be a <style> element, which it forbids.
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  // Escape lets the next Tab leave the editor; any other key takes the offer back.
  let leaving = false;
  const tab = (command) => (view) => !leaving && command(view);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: source,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of('  '),
        // Scripts stand side by side: their lines break instead of scrolling.
        language === 'sql' ? [sql, EditorView.lineWrapping] : javascript(),
        syntaxHighlighting(colours),
        theme,
        running,
        fault,
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-description': 'Tab indents. To leave the editor, press Escape, then Tab.',
        }),
        keymap.of([
          { key: 'Mod-Enter', run: () => (onRun(), true), preventDefault: true },
          { key: 'Escape', run: () => ((leaving = true), false) },
          { key: 'Tab', run: tab(indentMore), shift: tab(indentLess) },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        // Text typed over a selection: the browser would give it the colour of what was there, by a style attribute that a strict
        // content policy forbids.
        EditorView.domEventHandlers({
          beforeinput(event, view) {
            if (event.inputType !== 'insertText' || event.data === null || view.state.selection.main.empty) return false;
            event.preventDefault();
            view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
            return true;
          },
        }),
        EditorView.domEventObservers({
          keydown: (event) => {
            if (event.key !== 'Escape' && event.key !== 'Tab' && event.key !== 'Shift') leaving = false;
          },
          blur: () => (leaving = false),
        }),
        EditorView.updateListener.of((update) => {
          const ours = update.transactions.some((transaction) => transaction.isUserEvent('outside'));
          if (update.docChanged && !ours) onEdit(update.state.doc.toString());
        }),
      ],
    }),
  });

  return {
    text: () => view.state.doc.toString(),
    setText: (text) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: 'outside' }),
    mark(line, role) {
      const effects = [setRunning.of({ line, role })];
      const typing = root.activeElement !== null;
      if (line > 0 && line <= view.state.doc.lines && !typing) {
        const block = view.lineBlockAt(view.state.doc.line(line).from);
        const { scrollTop, clientHeight } = view.scrollDOM;
        if (block.top < scrollTop || block.bottom > scrollTop + clientHeight) {
          view.scrollDOM.scrollTop = block.top - clientHeight / 3;
        }
      }
      view.dispatch({ effects });
    },
    fault: (line, message) => view.dispatch({ effects: setFault.of({ line, message }) }),
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

window.interleaveEditor = open;
