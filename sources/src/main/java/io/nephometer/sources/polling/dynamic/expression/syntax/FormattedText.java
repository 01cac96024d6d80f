// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import java.util.ArrayList;
import java.util.List;

/** Reads what stands between the quotes of {@code f'…'}. For one use. */
final class FormattedText {
    private final String raw;
    private final int offset;
    private final List<Node.Piece> pieces = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private int at;

    FormattedText(Token token) {
        this.raw = token.text();
        this.offset = token.position();
    }

    List<Node.Piece> pieces() throws SyntaxException {
        while (at < raw.length()) {
            char next = raw.charAt(at);
            boolean doubled = at + 1 < raw.length() && raw.charAt(at + 1) == next;
            if ((next == '{' || next == '}') && doubled) {
                plain.append(next);
                at += 2;
            } else if (next == '{') {
                endPlain();
                field();
            } else if (next == '}') {
                throw new SyntaxException(offset + at, "a single } in a formatted text; write }}");
            } else {
                plain.append(next);
                at++;
            }
        }
        endPlain();
        return pieces;
    }

    private void endPlain() throws SyntaxException {
        String text = Escapes.decode(plain.toString(), offset);
        pieces.add(new Node.Piece(new Node.Constant(text, offset), ' ', ""));
        plain.setLength(0);
    }

    /** {@code {expression!r:format}}. */
    private void field() throws SyntaxException {
        int start = ++at;
        int end = end(start);
        String inside = raw.substring(start, end);
        int colon = split(inside, ':');
        String format = colon < 0 ? "" : inside.substring(colon + 1);
        String shown = colon < 0 ? inside : inside.substring(0, colon);
        char conversion = ' ';
        if (shown.length() > 2 && shown.charAt(shown.length() - 2) == '!') {
            conversion = shown.charAt(shown.length() - 1);
            shown = shown.substring(0, shown.length() - 2);
        }
        if (format.indexOf('{') >= 0 || "rs ".indexOf(conversion) < 0 || shown.indexOf('\\') >= 0) {
            throw new SyntaxException(offset + start, "braces within a format, !a, and \\ in braces are not supported");
        }
        pieces.add(new Node.Piece(inner(shown, start), conversion, format));
        at = end + 1;
    }

    private Node inner(String shown, int start) throws SyntaxException {
        try {
            return ExpressionParser.parse(shown);
        } catch (SyntaxException e) {
            throw new SyntaxException(offset + start, "in braces: " + e.getMessage());
        }
    }

    private int end(int start) throws SyntaxException {
        int end = split(raw.substring(start), '}');
        if (end < 0) {
            throw new SyntaxException(offset + start - 1, "this { is not closed");
        }
        return start + end;
    }

    /** Where {@code mark} stands outside of brackets and quotes; -1 if nowhere. */
    private static int split(String text, char mark) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quote != 0) {
                quote = next == quote ? 0 : quote;
            } else if (depth == 0 && next == mark) {
                return i;
            } else if (next == '\'' || next == '"') {
                quote = next;
            } else if ("([{".indexOf(next) >= 0) {
                depth++;
            } else if (")]}".indexOf(next) >= 0) {
                depth--;
            }
        }
        return -1;
    }
}
