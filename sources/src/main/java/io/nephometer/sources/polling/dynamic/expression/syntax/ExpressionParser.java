// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import io.nephometer.sources.polling.dynamic.expression.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an expression by the strength with which its operators bind: an operand, then each operator that binds stronger than
 * what stands before the operand, with what follows it.
 */
public final class ExpressionParser {
    /** Characters of one expression. */
    public static final int MOST_CHARACTERS = 10_000;
    /** Expressions within expressions. */
    public static final int MOST_DEPTH = 100;

    private final Tokens tokens;
    private final Operands operands;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.operands = new Operands(this, this.tokens);
    }

    /**
     * Reads a whole text.
     *
     * @throws SyntaxException if it is no expression, or too large a one
     */
    public static Node parse(String text) throws SyntaxException {
        if (text.length() > MOST_CHARACTERS) {
            throw new SyntaxException(0, "longer than " + MOST_CHARACTERS + " characters");
        }
        ExpressionParser parser = new ExpressionParser(new Lexer(text).tokens());
        Node node = parser.listed();
        parser.tokens.expectEnd();
        return node;
    }

    /** {@code a} or {@code a, b}, which is a tuple. */
    Node listed() throws SyntaxException {
        int position = tokens.peek().position();
        Node first = expression();
        if (!tokens.peek().is(",")) {
            return first;
        }
        List<Node> items = new ArrayList<>(List.of(first));
        while (tokens.takeIf(",") && !isListEnd()) {
            items.add(expression());
        }
        return new Node.TupleOf(items, position);
    }

    private boolean isListEnd() {
        Token next = tokens.peek();
        return next.kind() == Kind.END || next.is(")") || next.is("]") || next.is("}") || next.is("=");
    }

    /** With {@code lambda} and {@code if … else}, which bind weakest. */
    Node expression() throws SyntaxException {
        enter();
        Token first = tokens.peek();
        Node node = first.is("lambda") ? lambda() : conditional(operation(Binding.NONE), first);
        depth--;
        return node;
    }

    private Node conditional(Node then, Token first) throws SyntaxException {
        if (!tokens.takeIf("if")) {
            return then;
        }
        Node condition = operation(Binding.NONE);
        tokens.expect("else");
        return new Node.Conditional(condition, then, expression(), first.position());
    }

    private Node lambda() throws SyntaxException {
        int position = tokens.take().position();
        List<String> parameters = new ArrayList<>();
        while (!tokens.takeIf(":")) {
            parameters.add(tokens.expectName());
            if (tokens.peek().is("=")) {
                throw new SyntaxException(tokens.peek().position(), "defaults of parameters are not supported");
            }
            if (!tokens.peek().is(":")) {
                tokens.expect(",");
            }
        }
        return new Node.Lambda(parameters, expression(), position);
    }

    /** An operand with the operators behind it that bind stronger than {@code outer}. */
    Node operation(Binding outer) throws SyntaxException {
        enter();
        Node left = operand(outer);
        for (Binding next = binding(); next.compareTo(outer) > 0; next = binding()) {
            left = next == Binding.COMPARISON ? comparison(left) : binary(left, next);
        }
        depth--;
        return left;
    }

    private Node operand(Binding outer) throws SyntaxException {
        Token next = tokens.peek();
        if (next.is("not")) {
            if (outer.compareTo(Binding.AND) > 0) {
                throw new SyntaxException(next.position(), "not needs parentheses here");
            }
            return new Node.Not(behind(Binding.AND), next.position());
        }
        if (next.is("-") || next.is("+")) {
            return new Node.Sign(next.is("-"), behind(Binding.PRODUCT), next.position());
        }
        return operands.operand();
    }

    /** The operand behind an operator, with what binds stronger than {@code outer}. */
    private Node behind(Binding outer) throws SyntaxException {
        tokens.take();
        return operation(outer);
    }

    private Binding binding() {
        return Binding.of(tokens.peek(), tokens.peekSecond());
    }

    private Node binary(Node left, Binding binding) throws SyntaxException {
        Token operator = tokens.take();
        int position = operator.position();
        return switch (binding) {
            case OR, AND -> new Node.Either(binding == Binding.OR, left, operation(binding), position);
            // to the right, and a sign there binds stronger: 2 ** -1
            case POWER -> new Node.Arithmetic(operator.text(), left, operation(Binding.PRODUCT), position);
            case NONE, COMPARISON, SUM, PRODUCT ->
                new Node.Arithmetic(operator.text(), left, operation(binding), position);
        };
    }

    private Node comparison(Node first) throws SyntaxException {
        int position = tokens.peek().position();
        List<Node.Link> links = new ArrayList<>();
        while (binding() == Binding.COMPARISON) {
            Token operator = tokens.take();
            String text = operator.text();
            if (operator.is("not") || (operator.is("is") && tokens.peek().is("not"))) {
                text += " " + tokens.take().text();
            }
            links.add(new Node.Link(text, operation(Binding.COMPARISON), operator.position()));
        }
        return new Node.Comparison(first, links, position);
    }

    private void enter() throws SyntaxException {
        if (++depth > MOST_DEPTH) {
            throw new SyntaxException(tokens.peek().position(), "nested deeper than " + MOST_DEPTH + " levels");
        }
    }
}
