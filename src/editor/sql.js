// SQL for the editor, coloured as src/draw/sql.rs colours it on the page: words, strings, numbers, comments and nothing else.
import { StreamLanguage } from '@codemirror/language';

const KEYWORDS = new Set(
  `abort add all alter and as asc begin between by cascade case check column commit committed conflict constraint create cross
  default deferrable delete desc distinct do drop else end exclusive exists false for foreign from group having if in index inner
  insert into is isolation join key left level limit lock locked mode no not nothing nowait null of offset on only or order
  prepare prepared primary read references release repeatable returning rollback savepoint select serializable set share show
  skip start table then to transaction true truncate union unique update using values view when where with write`.split(/\s+/),
);

/** Moves over what begins with `open` and ends with `close`, on this line or a later one. */
function until(close, style) {
  return (stream, state) => {
    state.inside = null;
    if (!stream.skipTo(close)) {
      stream.skipToEnd();
      state.inside = until(close, style);
    } else {
      stream.match(close);
    }
    return style;
  };
}

export const sql = StreamLanguage.define({
  name: 'sql',
  languageData: { commentTokens: { line: '--', block: { open: '/*', close: '*/' } } },
  startState: () => ({ inside: null }),
  copyState: ({ inside }) => ({ inside }),
  token(stream, state) {
    if (state.inside) return state.inside(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match('--')) return stream.skipToEnd(), 'comment';
    if (stream.match('/*')) return until('*/', 'comment')(stream, state);
    if (stream.match("'")) return until("'", 'string')(stream, state);
    if (stream.match('"')) return until('"', null)(stream, state);
    if (stream.match(/^\d[\w.]*/)) return 'number';
    const word = stream.match(/^[\p{L}_][\p{L}\p{N}_$]*/u);
    if (word) return KEYWORDS.has(word[0].toLowerCase()) ? 'keyword' : null;
    stream.next();
    return null;
  },
});
