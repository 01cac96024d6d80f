// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

/** What a backslash means in a text: {@code \n}, {@code \x41}, {@code \u00e9}; before anything else it is a backslash. */
final class Escapes {
    private final String raw;
    private final int offset;
    private final StringBuilder decoded = new StringBuilder();
    private int at;

    private Escapes(String raw, int offset) {
        this.raw = raw;
        this.offset = offset;
    }

    /** @param offset where {@code raw} stands, for messages */
    static String decode(String raw, int offset) throws SyntaxException {
        return raw.indexOf('\\') < 0 ? raw : new Escapes(raw, offset).decode();
    }

    private String decode() throws SyntaxException {
        while (at < raw.length()) {
            char next = raw.charAt(at++);
            if (next != '\\') {
                decoded.append(next);
            } else {
                escape(raw.charAt(at++));
            }
        }
        return decoded.toString();
    }

    private void escape(char code) throws SyntaxException {
        switch (code) {
            case '\n' -> {} // the line goes on
            case '\\', '\'', '"' -> decoded.append(code);
            case 'n' -> decoded.append('\n');
            case 't' -> decoded.append('\t');
            case 'r' -> decoded.append('\r');
            case 'a' -> decoded.append('\u0007');
            case 'b' -> decoded.append('\b');
            case 'f' -> decoded.append('\f');
            case 'v' -> decoded.append('\u000b');
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case 'N' -> throw new SyntaxException(offset + at - 2, "names of characters are not supported; write \\u…");
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> decoded.append('\\').append(code);
        }
    }

    private void hexadecimal(int digits) throws SyntaxException {
        int start = at;
        try {
            int code = Integer.parseUnsignedInt(raw.substring(at, at + digits), 16);
            at += digits;
            decoded.appendCodePoint(code);
        } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
            throw new SyntaxException(offset + start - 2, "this names no character");
        }
    }

    private void octal() {
        int start = at - 1;
        while (at < raw.length() && at < start + 3 && raw.charAt(at) >= '0' && raw.charAt(at) <= '7') {
            at++;
        }
        decoded.appendCodePoint(Integer.parseInt(raw.substring(start, at), 8));
    }
}
