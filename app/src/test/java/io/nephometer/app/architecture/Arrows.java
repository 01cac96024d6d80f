// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may know whom, below a base package ({@code io.nephometer}, or that of the bad examples): every arrow points down to
 * model; sources, pipeline and store do not know each other; only app knows all.
 */
final class Arrows {
    private final String base;

    Arrows(String base) {
        this.base = base;
    }

    /** The rules by name. */
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("model knows the JDK alone", modelKnowsTheJdk());
        rules.put("runtime knows no domain", knowsNone("runtime", "model", "sources", "pipeline", "store", "app"));
        rules.put("sources knows model and runtime", knowsNone("sources", "pipeline", "store", "app", "testkit"));
        rules.put("pipeline knows model and runtime", knowsNone("pipeline", "sources", "store", "app", "testkit"));
        rules.put("store knows model and runtime", knowsNone("store", "sources", "pipeline", "app", "testkit"));
        rules.put("testkit knows model and runtime", knowsNone("testkit", "sources", "pipeline", "store", "app"));
        rules.put("app does without testkit", knowsNone("app", "testkit"));
        for (String module : new String[] {"runtime", "sources", "pipeline", "store"}) {
            rules.put("packages of " + module + " form no cycle", packagesWithoutCycle(module));
        }
        return rules;
    }

    private ArchRule modelKnowsTheJdk() {
        return classes()
                .that()
                .resideInAPackage(packages("model"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        packages("model"),
                        "java..",
                        "org.jspecify.annotations..",
                        "com.google.errorprone.annotations..");
    }

    private ArchRule knowsNone(String module, String... others) {
        String[] packages = new String[others.length];
        for (int i = 0; i < others.length; i++) {
            packages[i] = packages(others[i]);
        }
        return noClasses()
                .that()
                .resideInAPackage(packages(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private ArchRule packagesWithoutCycle(String module) {
        return slices().matching(base + "." + module + ".(*)..").should().beFreeOfCycles();
    }

    private String packages(String module) {
        return base + "." + module + "..";
    }
}
