// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SourceRuleTest {
    private static final List<SourceFile> REPOSITORY = SourceFile.ofRepository();
    private static final String PRODUCT = "store/src/main/java/X.java";
    private static final String TEST = "store/src/test/java/XTest.java";

    @ParameterizedTest
    @EnumSource
    void isKeptByEverySourceFile(SourceRule rule) {
        assertThat(REPOSITORY.stream().flatMap(file -> rule.violations(file).stream()))
                .isEmpty();
    }

    @Test
    void allModulesAreRead() {
        assertThat(REPOSITORY.stream().map(SourceFile::module))
                .contains("model", "runtime", "testkit", "sources", "pipeline", "app");
    }

    @Test
    void packagesOfMainCodeSayThatNullIsMarked() {
        Set<String> silent = REPOSITORY.stream()
                .filter(file -> file.path().contains("/src/main/"))
                .map(SourceRuleTest::folder)
                .collect(Collectors.toCollection(TreeSet::new));
        REPOSITORY.stream()
                .filter(SourceRuleTest::marksNull)
                .map(SourceRuleTest::folder)
                .forEach(silent::remove);

        assertThat(silent)
                .as("packages without package-info.java and @NullMarked")
                .isEmpty();
    }

    @Test
    void anUnmarkedPackageIsSeen() {
        assertThat(marksNull(SourceFile.parse("a/src/main/java/package-info.java", "@NullMarked package a;")))
                .isTrue();
        assertThat(marksNull(SourceFile.parse("a/src/main/java/package-info.java", "package a;")))
                .isFalse();
        assertThat(marksNull(SourceFile.parse("a/src/main/java/X.java", "package a; class X {}")))
                .isFalse();
    }

    @Test
    void longFilesAreNamed() {
        REPOSITORY.stream()
                .filter(file -> file.lines() > 300)
                .map(file -> "Long, worth a look: " + file.path() + " (" + file.lines() + " lines)")
                .forEach(System.out::println);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(SourceRule.FILE_SIZE, PRODUCT, "class X {" + "\n".repeat(500) + "}"),
                Arguments.of(SourceRule.METHOD_SIZE, PRODUCT, "class X { void a() {" + "\n".repeat(60) + "} }"),
                Arguments.of(SourceRule.NAME, PRODUCT, "class StoreManager {}"),
                Arguments.of(SourceRule.NAME, TEST, "class X { record StringUtils() {} }"),
                Arguments.of(SourceRule.REAL_TIME, PRODUCT, "class X { long a = System.nanoTime(); }"),
                Arguments.of(SourceRule.REAL_TIME, PRODUCT, "class X { Object a = java.time.Instant.now(); }"),
                Arguments.of(SourceRule.REAL_TIME, PRODUCT, "class X { A a = System::currentTimeMillis; }"),
                Arguments.of(SourceRule.REAL_TIME, PRODUCT, "class X { A a = Clock.systemUTC(); }"),
                Arguments.of(SourceRule.SLEEP, TEST, "class X { void a() { Thread.sleep(1); } }"),
                Arguments.of(SourceRule.SLEEP, TEST, "class X { void a() { TimeUnit.SECONDS.sleep(1); } }"),
                Arguments.of(SourceRule.CONSOLE, PRODUCT, "class X { void a() { System.out.println(); } }"),
                Arguments.of(SourceRule.LOGGING, PRODUCT, "import java.util.logging.Logger; class X {}"));
    }

    @ParameterizedTest
    @MethodSource
    void broken(SourceRule rule, String path, String text) {
        assertThat(rule.violations(SourceFile.parse(path, text))).hasSize(1).allMatch(line -> line.startsWith(path));
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                Arguments.of(SourceRule.FILE_SIZE, PRODUCT, "class X {" + "\n".repeat(499) + "}"),
                Arguments.of(SourceRule.METHOD_SIZE, PRODUCT, "class X { void a() {" + "\n".repeat(59) + "} }"),
                Arguments.of(SourceRule.NAME, PRODUCT, "class Database {}"),
                Arguments.of(SourceRule.REAL_TIME, PRODUCT, "class X { Object a = Instant.now(clock); }"),
                Arguments.of(
                        SourceRule.REAL_TIME,
                        "runtime/src/main/java/X.java",
                        "class X { long a = System.nanoTime(); }"),
                Arguments.of(SourceRule.SLEEP, PRODUCT, "class X { void a() { Thread.sleep(1); } }"),
                Arguments.of(
                        SourceRule.CONSOLE,
                        "app/src/main/java/X.java",
                        "class X { void a() { System.out.println(); } }"),
                Arguments.of(SourceRule.LOGGING, PRODUCT, "import org.slf4j.Logger; class X {}"));
    }

    @ParameterizedTest
    @MethodSource
    void kept(SourceRule rule, String path, String text) {
        assertThat(rule.violations(SourceFile.parse(path, text))).isEmpty();
    }

    private static String folder(SourceFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/'));
    }

    private static boolean marksNull(SourceFile file) {
        return file.path().endsWith("/package-info.java")
                && file.unit().getPackageAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getAnnotationType().toString().endsWith("NullMarked"));
    }
}
