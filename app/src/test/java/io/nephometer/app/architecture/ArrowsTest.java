// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArrowsTest {
    private static final String EXAMPLES = ArrowsTest.class.getPackageName() + ".example";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nephometer");
    private static final JavaClasses BAD = new ClassFileImporter().importPackages(EXAMPLES);

    static Set<String> names() {
        return new Arrows("io.nephometer").rules().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holdsInTheProduct(String name) {
        rule("io.nephometer", name).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("names")
    void failsOnABadExample(String name) {
        assertThat(rule(EXAMPLES, name).evaluate(BAD).hasViolation()).isTrue();
    }

    @SuppressWarnings("NullAway") // the name comes from the same map
    private static ArchRule rule(String base, String name) {
        return new Arrows(base).rules().get(name);
    }
}
