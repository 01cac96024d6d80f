// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule that each source file keeps by itself. */
enum SourceRule {
    /** Talk at 300, fail at 500. */
    FILE_SIZE("at most 500 lines") {
        @Override
        void check(SourceFile file, Violations violations) {
            if (file.lines() > 500) {
                violations.add(1, file.lines() + " lines");
            }
        }
    },

    /** Talk at 40, fail at 60; a body that spans more lines does two things. */
    METHOD_SIZE("methods of at most 60 lines") {
        @Override
        void check(SourceFile file, Violations violations) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                    BlockTree body = method.getBody();
                    if (body != null) {
                        int lines = file.lastLine(body) - file.firstLine(body) + 1;
                        if (lines > 60) {
                            violations.add(file.firstLine(method), method.getName() + " has " + lines + " lines");
                        }
                    }
                    return super.visitMethod(method, null);
                }
            }.scan(file.unit(), null);
        }
    },

    /** Names that say nothing. */
    NAME("named by a noun of the field, not Manager, Helper, Util, Impl, Data, Info") {
        private static final Pattern BANNED = Pattern.compile(".*(Manager|Helper|Utils?|Impl|Data|Info)");

        @Override
        void check(SourceFile file, Violations violations) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
                    if (BANNED.matcher(type.getSimpleName()).matches()) {
                        violations.add(
                                file.firstLine(type), type.getSimpleName().toString());
                    }
                    return super.visitClass(type, null);
                }
            }.scan(file.unit(), null);
        }
    },

    /** Only runtime touches the real clocks; everybody else is handed one. */
    REAL_TIME("time is passed in (Ticker, InstantSource), only runtime reads the real one") {
        private static final Set<String> CLOCKS = Set.of(
                "System.nanoTime",
                "System.currentTimeMillis",
                "Clock.systemUTC",
                "Clock.systemDefaultZone",
                "Clock.system",
                "Clock.tickMillis",
                "Clock.tickSeconds",
                "InstantSource.system");
        private static final Set<String> NOWS = Set.of(
                "Instant.now",
                "LocalDate.now",
                "LocalTime.now",
                "LocalDateTime.now",
                "OffsetDateTime.now",
                "ZonedDateTime.now",
                "Year.now");

        @Override
        boolean appliesTo(SourceFile file) {
            return file.isProduct() && !file.module().equals("runtime");
        }

        @Override
        void check(SourceFile file, Violations violations) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
                    // now(clock) is the passed-in time; now() and now(zone) are not told apart without types.
                    String name = simple(call.getMethodSelect().toString());
                    if (CLOCKS.contains(name)
                            || (NOWS.contains(name) && call.getArguments().isEmpty())) {
                        violations.add(file.firstLine(call), name);
                    }
                    return super.visitMethodInvocation(call, null);
                }

                @Override
                public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void unused) {
                    String name = simple(reference.getQualifierExpression() + "." + reference.getName());
                    if (CLOCKS.contains(name) || NOWS.contains(name)) {
                        violations.add(file.firstLine(reference), name);
                    }
                    return super.visitMemberReference(reference, null);
                }
            }.scan(file.unit(), null);
        }
    },

    /** A test moves the clock, or waits on a latch or a condition with a limit. */
    SLEEP("no sleeping in tests") {
        private static final Pattern SLEEPING =
                Pattern.compile("Thread\\.sleep|(TimeUnit\\.)?[A-Z]*(SECONDS|MINUTES)\\.sleep");

        @Override
        boolean appliesTo(SourceFile file) {
            return file.isTest();
        }

        @Override
        void check(SourceFile file, Violations violations) {
            selects(file, violations, name -> SLEEPING.matcher(name).matches());
        }
    },

    /** Standard output belongs to the commands. */
    CONSOLE("System.out and System.err are for the command line (app, agent)") {
        @Override
        boolean appliesTo(SourceFile file) {
            return file.isProduct()
                    && !file.module().equals("app")
                    && !file.module().equals("agent");
        }

        @Override
        void check(SourceFile file, Violations violations) {
            selects(file, violations, name -> name.equals("System.out") || name.equals("System.err"));
        }
    },

    /** One logging library. */
    LOGGING("slf4j, not java.util.logging") {
        @Override
        boolean appliesTo(SourceFile file) {
            return !file.module().equals("app");
        }

        @Override
        void check(SourceFile file, Violations violations) {
            for (ImportTree imported : file.unit().getImports()) {
                String name = imported.getQualifiedIdentifier().toString();
                if (name.startsWith("java.util.logging.")) {
                    violations.add(file.firstLine(imported), name);
                }
            }
        }
    };

    private final String meaning;

    SourceRule(String meaning) {
        this.meaning = meaning;
    }

    boolean appliesTo(SourceFile file) {
        return true;
    }

    abstract void check(SourceFile file, Violations violations);

    /** What breaks the rule in this file, as {@code path:line: what (the rule)}; nothing if the rule is not for it. */
    final List<String> violations(SourceFile file) {
        List<String> found = new ArrayList<>();
        if (appliesTo(file)) {
            check(file, (line, what) -> found.add(file.path() + ":" + line + ": " + what + " (" + meaning + ")"));
        }
        return found;
    }

    /** Takes what breaks a rule, and where. */
    interface Violations {
        void add(int line, String what);
    }

    private static void selects(SourceFile file, Violations violations, Predicate<String> banned) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
                if (banned.test(simple(select.toString()))) {
                    violations.add(file.firstLine(select), select.toString());
                }
                return super.visitMemberSelect(select, null);
            }
        }.scan(file.unit(), null);
    }

    /** {@code java.lang.System.out} and {@code System.out} are one. */
    private static String simple(String name) {
        return name.replaceFirst("^([a-z]+\\.)+(?=[A-Z])", "");
    }
}
