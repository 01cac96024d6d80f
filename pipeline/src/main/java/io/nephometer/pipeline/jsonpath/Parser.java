// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import io.nephometer.pipeline.jsonpath.Filter.Comparison;
import io.nephometer.pipeline.jsonpath.Filter.Condition;
import io.nephometer.pipeline.jsonpath.Filter.Relation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a path from its tokens, by precedence climbing. From loose to tight: arithmetic and brackets, {@code ..}, {@code .},
 * {@code |}, {@code &}, {@code where}; all group from the left except arithmetic, whose right side is everything that follows.
 */
final class Parser {
    /** Binds everything. */
    private static final int LOOSE = 0;

    private static final int MAX_NESTING = 200;

    private final String text;
    private List<Token> tokens = List.of();
    private int at;
    private int nesting;

    Parser(String text) {
        this.text = text;
    }

    Path parse() throws JsonPathSyntaxException {
        tokens = new Lexer(text).tokens();
        Path path = path(LOOSE);
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("a sign between two parts of the path, or the end");
        }
        return path;
    }

    private Path path(int tighterThan) throws JsonPathSyntaxException {
        if (++nesting > MAX_NESTING) {
            throw new JsonPathSyntaxException(text, peek().position(), "nested more than " + MAX_NESTING + " deep");
        }
        Path path = continued(operand(), tighterThan);
        nesting--;
        return path;
    }

    /** {@code left} with all that binds to it tighter than the given level. */
    private Path continued(Path left, int tighterThan) throws JsonPathSyntaxException {
        Path path = left;
        while (true) {
            Token sign = peek();
            int level = level(sign);
            if (sign.kind() == Token.Kind.COMBINATION && level > tighterThan) {
                at++;
                path = combine(sign, path, path(level));
            } else if (sign.kind() == Token.Kind.ARITHMETIC && tighterThan == LOOSE) {
                path = arithmetic(constantIfName(path));
            } else if (sign.is("[") && tighterThan == LOOSE) {
                at++;
                path = new Combination.Child(path, bracketsAfterPath());
            } else {
                return path;
            }
        }
    }

    private static int level(Token sign) {
        return switch (String.valueOf(sign.value())) {
            case ".." -> 1;
            case "." -> 2;
            case "|" -> 3;
            case "&" -> 4;
            case "where" -> 5;
            default -> LOOSE;
        };
    }

    private static Path combine(Token sign, Path left, Path right) {
        return switch (String.valueOf(sign.value())) {
            case ".." -> new Combination.Descendants(left, right);
            case "." -> new Combination.Child(left, right);
            case "|" -> new Combination.Union(left, right);
            case "&" -> new Combination.Intersection(left, right);
            default -> new Combination.Where(left, right);
        };
    }

    private Path operand() throws JsonPathSyntaxException {
        Token token = peek();
        return switch (token.kind()) {
            case NAME -> names();
            case INTEGER, DECIMAL -> arithmeticFromConstant();
            case OPERATION -> {
                at++;
                yield NamedOperation.parse(text, token);
            }
            case ARITHMETIC, SIGN -> operandSign(token);
            case TRUTH, SORT, COMPARISON, COMBINATION, END -> throw unexpected("a name, $, @, *, ( or [");
        };
    }

    private Path operandSign(Token token) throws JsonPathSyntaxException {
        at++;
        return switch (String.valueOf(token.value())) {
            case "*" -> new Steps.Fields(List.of("*"));
            case "$" -> new Steps.Root();
            case "@" -> new Steps.This();
            case "(" -> {
                Path inner = path(LOOSE);
                expect(")");
                yield inner;
            }
            case "[" -> brackets();
            default -> {
                at--;
                throw unexpected("a name, $, @, *, ( or [");
            }
        };
    }

    private Path names() throws JsonPathSyntaxException {
        List<String> names = new ArrayList<>();
        names.add(name());
        while (peek().is(",")) {
            at++;
            names.add(name());
        }
        return new Steps.Fields(names);
    }

    private String name() throws JsonPathSyntaxException {
        if (peek().kind() != Token.Kind.NAME) {
            throw unexpected("a name");
        }
        return (String) take().value();
    }

    /** A number cannot stand for itself; it must be the left side of arithmetic. */
    private Path arithmeticFromConstant() throws JsonPathSyntaxException {
        Token number = take();
        if (peek().kind() != Token.Kind.ARITHMETIC) {
            throw unexpected("+, - or * after the number (a number alone is no path)");
        }
        Token next = tokens.get(at + 1);
        if (isLoneNumber(at + 1) && next.kind() != number.kind()) {
            at++;
            throw unexpected("a path or a number of the same kind, integer or decimal");
        }
        return arithmetic(new Operand.Constant(number.value()));
    }

    private Path arithmetic(Operand left) throws JsonPathSyntaxException {
        Arithmetic.Sign sign =
                switch (String.valueOf(take().value())) {
                    case "+" -> Arithmetic.Sign.PLUS;
                    case "-" -> Arithmetic.Sign.MINUS;
                    default -> Arithmetic.Sign.TIMES;
                };
        Operand right = isLoneNumber(at) ? new Operand.Constant(take().value()) : constantIfName(path(LOOSE));
        return new Arithmetic(left, sign, right);
    }

    private boolean isLoneNumber(int index) {
        Token.Kind kind = tokens.get(index).kind();
        return (kind == Token.Kind.INTEGER || kind == Token.Kind.DECIMAL)
                && tokens.get(index + 1).kind() != Token.Kind.ARITHMETIC;
    }

    /** Beside an arithmetic sign a name is a text. */
    private static Operand constantIfName(Path path) {
        return path instanceof Steps.Fields(List<String> names) && names.size() == 1
                ? new Operand.Constant(names.getFirst())
                : path;
    }

    private Path bracketsAfterPath() throws JsonPathSyntaxException {
        if (peek().kind() == Token.Kind.SORT) {
            return sorting();
        }
        if (!peek().is("?")) {
            return brackets();
        }
        at++;
        Filter filter = new Filter(conditions());
        expect("]");
        return filter;
    }

    private Path brackets() throws JsonPathSyntaxException {
        if (peek().kind() == Token.Kind.NAME) {
            Path names = names();
            expect("]");
            return names;
        }
        if (peek().is("*")) {
            at++;
            expect("]");
            return new Steps.Slice(null, null);
        }
        Integer first = optionalIndex();
        if (first != null && peek().is("]")) {
            at++;
            return new Steps.Index(first);
        }
        expect(":");
        Integer end = optionalIndex();
        expect("]");
        return new Steps.Slice(first, end);
    }

    private @Nullable Integer optionalIndex() {
        return peek().kind() == Token.Kind.INTEGER ? clamped(take().value()) : null;
    }

    private static int clamped(Object integer) {
        return integer instanceof BigInteger big
                ? (big.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE)
                : Math.clamp((Long) integer, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private Path sorting() throws JsonPathSyntaxException {
        List<Sorting.Key> keys = new ArrayList<>();
        while (peek().kind() == Token.Kind.SORT) {
            boolean descending = take().value().equals("\\");
            keys.add(new Sorting.Key(path(LOOSE), descending));
        }
        expect("]");
        return new Sorting(keys);
    }

    private List<Condition> conditions() throws JsonPathSyntaxException {
        List<Condition> all = new ArrayList<>(conditionOrGroup());
        while (peek().is("&")) {
            at++;
            all.addAll(conditionOrGroup());
        }
        return all;
    }

    private List<Condition> conditionOrGroup() throws JsonPathSyntaxException {
        if (!peek().is("(")) {
            return List.of(comparison(path(LOOSE)));
        }
        at++;
        List<Condition> group = conditions();
        expect(")");
        if (group.size() == 1 && group.getFirst().comparison() == null) {
            // What is in parentheses was only a path, so it may go on: (@.a).b = 1
            return List.of(comparison(continued(group.getFirst().target(), LOOSE)));
        }
        return group;
    }

    private Condition comparison(Path target) throws JsonPathSyntaxException {
        if (peek().kind() != Token.Kind.COMPARISON) {
            return new Condition(target, null);
        }
        Relation relation = Relation.of(String.valueOf(take().value()));
        Token constant = take();
        return switch (constant.kind()) {
            case NAME, INTEGER, DECIMAL, TRUTH -> new Condition(target, new Comparison(relation, constant.value()));
            case OPERATION, SORT, COMPARISON, COMBINATION, ARITHMETIC, SIGN, END -> {
                at--;
                throw unexpected("a text, number, true or false to compare with");
            }
        };
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }

    private void expect(String sign) throws JsonPathSyntaxException {
        if (!peek().is(sign)) {
            throw unexpected(sign);
        }
        at++;
    }

    private JsonPathSyntaxException unexpected(String expected) {
        return new JsonPathSyntaxException(
                text, peek().position(), "expected " + expected + ", found " + peek().description());
    }
}
