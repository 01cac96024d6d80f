// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import io.nephometer.sources.polling.dynamic.expression.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what operators stand between: literals, names, brackets, and the calls and subscripts behind them. */
final class Operands {
    private final ExpressionParser parser;
    private final Tokens tokens;
    private final Comprehensions comprehensions;

    Operands(ExpressionParser parser, Tokens tokens) {
        this.parser = parser;
        this.tokens = tokens;
        this.comprehensions = new Comprehensions(parser, tokens);
    }

    Node operand() throws SyntaxException {
        Node node = atom();
        for (int count = 0; ; count++) {
            Token next = tokens.peek();
            if (next.is("(")) {
                node = new Node.Call(node, given(), next.position());
            } else if (next.is("[")) {
                node = subscript(node);
            } else if (next.is(".")) {
                node = member(node);
            } else {
                return node;
            }
            if (count == ExpressionParser.MOST_DEPTH) {
                throw new SyntaxException(next.position(), "more than " + count + " calls in a row");
            }
        }
    }

    private Node atom() throws SyntaxException {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NUMBER -> new Node.Constant(token.value(), token.position());
            case TEXT, FORMATTED -> text(token);
            case NAME -> new Node.Name(token.text(), token.position());
            case WORD, SYMBOL -> wordOrBracket(token);
            case END -> throw new SyntaxException(token.position(), "unexpected end");
        };
    }

    /** Texts that follow each other are one. */
    private Node text(Token first) throws SyntaxException {
        List<Node.Piece> pieces = new ArrayList<>();
        add(first, pieces);
        while (tokens.peek().kind() == Kind.TEXT || tokens.peek().kind() == Kind.FORMATTED) {
            add(tokens.take(), pieces);
        }
        if (pieces.size() == 1 && first.kind() == Kind.TEXT) {
            return pieces.getFirst().node();
        }
        return new Node.Formatted(pieces, first.position());
    }

    private static void add(Token token, List<Node.Piece> pieces) throws SyntaxException {
        if (token.kind() == Kind.FORMATTED) {
            pieces.addAll(new FormattedText(token).pieces());
        } else {
            pieces.add(new Node.Piece(new Node.Constant(token.value(), token.position()), ' ', ""));
        }
    }

    private Node wordOrBracket(Token token) throws SyntaxException {
        int position = token.position();
        return switch (token.text()) {
            case "None" -> new Node.Constant(null, position);
            case "True" -> new Node.Constant(true, position);
            case "False" -> new Node.Constant(false, position);
            case "(" -> parenthesis(position);
            case "[" -> list(position);
            case "{" -> map(position);
            case "*" -> throw new SyntaxException(position, "* before an argument or item is not supported");
            default -> throw new SyntaxException(position, "unexpected " + token);
        };
    }

    private Node parenthesis(int position) throws SyntaxException {
        if (tokens.takeIf(")")) {
            return new Node.TupleOf(List.of(), position);
        }
        Node content = parser.listed();
        if (tokens.peek().is("for")) {
            content = comprehensions.of(Node.Shape.GENERATOR, content, null, position);
        }
        tokens.expect(")");
        return content;
    }

    private Node list(int position) throws SyntaxException {
        List<Node> items = new ArrayList<>();
        while (!tokens.takeIf("]")) {
            Node item = parser.expression();
            if (items.isEmpty() && tokens.peek().is("for")) {
                Node list = comprehensions.of(Node.Shape.LIST, item, null, position);
                tokens.expect("]");
                return list;
            }
            items.add(item);
            commaUnless("]");
        }
        return new Node.ListOf(items, position);
    }

    private Node map(int position) throws SyntaxException {
        List<Node.Entry> entries = new ArrayList<>();
        while (!tokens.takeIf("}")) {
            Node key = parser.expression();
            if (!tokens.takeIf(":")) {
                throw new SyntaxException(
                        tokens.peek().position(), "expected : (sets are not supported; write a list)");
            }
            Node value = parser.expression();
            if (entries.isEmpty() && tokens.peek().is("for")) {
                Node map = comprehensions.of(Node.Shape.MAP, key, value, position);
                tokens.expect("}");
                return map;
            }
            entries.add(new Node.Entry(key, value));
            commaUnless("}");
        }
        return new Node.MapOf(entries, position);
    }

    private Node.Given given() throws SyntaxException {
        tokens.expect("(");
        List<Node> positional = new ArrayList<>();
        Map<String, Node> named = new LinkedHashMap<>();
        while (!tokens.takeIf(")")) {
            Token first = tokens.peek();
            if (first.kind() == Kind.NAME && tokens.peekSecond().is("=")) {
                tokens.take();
                tokens.take();
                if (named.put(first.text(), parser.expression()) != null) {
                    throw new SyntaxException(first.position(), first.text() + " is given twice");
                }
            } else if (!named.isEmpty()) {
                throw new SyntaxException(first.position(), "an argument without name behind one with a name");
            } else {
                positional.add(argument(positional.isEmpty()));
            }
            commaUnless(")");
        }
        return new Node.Given(positional, named);
    }

    /** The only argument may be a generator without brackets of its own. */
    private Node argument(boolean isFirst) throws SyntaxException {
        int position = tokens.peek().position();
        Node argument = parser.expression();
        if (!tokens.peek().is("for")) {
            return argument;
        }
        Node generator = comprehensions.of(Node.Shape.GENERATOR, argument, null, position);
        if (!isFirst || !tokens.peek().is(")")) {
            throw new SyntaxException(position, "a generator beside other arguments needs parentheses");
        }
        return generator;
    }

    private Node subscript(Node container) throws SyntaxException {
        int position = tokens.take().position();
        Node from = tokens.peek().is(":") ? null : parser.listed();
        if (from != null && tokens.takeIf("]")) {
            return new Node.Subscript(container, from, position);
        }
        tokens.expect(":");
        Node to = sliceEnd();
        Node step = tokens.takeIf(":") ? sliceEnd() : null;
        tokens.expect("]");
        return new Node.Slice(container, from, to, step, position);
    }

    private @Nullable Node sliceEnd() throws SyntaxException {
        return tokens.peek().is(":") || tokens.peek().is("]") ? null : parser.expression();
    }

    private Node member(Node owner) throws SyntaxException {
        int position = tokens.take().position();
        String name = tokens.expectName();
        if (tokens.peek().is("(")) {
            return new Node.MethodCall(owner, name, given(), position);
        }
        if (owner instanceof Node.Name(String type, int _)) {
            return new Node.MethodOf(type, name, position);
        }
        throw new SyntaxException(
                position,
                "attributes are not supported: a method is called (.get(…)), an entry is read by ['" + name + "']");
    }

    private void commaUnless(String end) throws SyntaxException {
        if (!tokens.peek().is(end)) {
            tokens.expect(",");
        }
    }
}
