// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may know whom, below a base package ({@code io.nephometer}, or that of the bad examples): every arrow points down to
 * model; sources, pipeline and store do not know each other; only app knows all.
 */
final class Arrows {
    /** Modules by whom they may know; app, benchmarks and e2e may know all that is shipped. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("runtime", Set.of()),
            Map.entry("coordination", Set.of("model", "runtime")),
            Map.entry("openstack", Set.of("model", "runtime")),
            Map.entry("hypervisor", Set.of("model", "runtime")),
            Map.entry("inventory", Set.of("model", "runtime", "openstack", "hypervisor")),
            Map.entry("simulator", Set.of("model", "runtime", "hypervisor")),
            Map.entry("sources", Set.of("model", "runtime", "coordination", "openstack", "hypervisor", "inventory")),
            Map.entry("pipeline", Set.of("model", "runtime")),
            Map.entry("store", Set.of("model", "runtime")),
            Map.entry("testkit", Set.of("model", "runtime")),
            Map.entry(
                    "app",
                    Set.of(
                            "model",
                            "runtime",
                            "coordination",
                            "openstack",
                            "hypervisor",
                            "inventory",
                            "simulator",
                            "sources",
                            "pipeline",
                            "store")));

    private final String base;

    Arrows(String base) {
        this.base = base;
    }

    /** The rules by name. */
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("model knows the JDK alone", modelKnowsTheJdk());
        new TreeMap<>(MAY_KNOW)
                .forEach((module, known) -> rules.put(
                        module + " knows " + (known.isEmpty() ? "no other" : String.join(", ", new TreeSet<>(known))),
                        knowsOnly(module, known)));
        rules.put("the role compute knows neither ledger nor pipeline", computeKnowsNoLedger());
        for (String module : List.of(
                "runtime",
                "coordination",
                "openstack",
                "hypervisor",
                "inventory",
                "simulator",
                "sources",
                "pipeline",
                "store")) {
            rules.put("packages of " + module + " form no cycle", packagesWithoutCycle(module));
        }
        return rules;
    }

    private ArchRule knowsOnly(String module, Set<String> known) {
        Set<String> others = new TreeSet<>(MAY_KNOW.keySet());
        others.add("model");
        others.remove(module);
        others.removeAll(known);
        return knowsNone(module, others.toArray(String[]::new));
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

    /** The agent of a hypervisor has these packages on its class path, and nothing of a ledger. */
    private ArchRule computeKnowsNoLedger() {
        return noClasses()
                .that()
                .resideInAPackage(packages("app.compute"))
                .and()
                .doNotHaveSimpleName("PolledMessages") // the way into the ledger of the same process, for the role all
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("store"), packages("pipeline"), packages("simulator"));
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
        return slices().matching(base + "." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true); // a module may be one package
    }

    private String packages(String module) {
        return base + "." + module + "..";
    }
}
