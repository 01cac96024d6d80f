// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members in processes of their own, which are killed and stopped; a coordinator of any kind. */
abstract class MemberFaultsContract {
    private static final int UNITS = MemberLoop.WORK.size();

    @TempDir
    private Path folder = Path.of("");

    private final List<MemberProcess> started = new ArrayList<>();

    /** As {@link MemberLoop} takes it. */
    protected abstract String coordinator();

    @AfterEach
    void end() {
        started.forEach(MemberProcess::close);
    }

    private MemberProcess start(String name) throws IOException {
        MemberProcess process = MemberProcess.start(folder, coordinator(), name);
        started.add(process);
        return process;
    }

    private void await(String what, Await.Condition condition) {
        Await.until(what, started::toString, condition);
    }

    /** Whether each unit is owned by exactly one of them, and each of them owns some. */
    private static boolean isShared(MemberProcess... members) {
        Map<String, Integer> owners = new TreeMap<>();
        for (MemberProcess member : members) {
            Map<String, Long> owned = member.owned();
            if (owned.isEmpty()) {
                return false;
            }
            owned.keySet().forEach(unit -> owners.merge(unit, 1, Integer::sum));
        }
        return owners.size() == UNITS && owners.values().stream().allMatch(count -> count == 1);
    }

    @Test
    void oneBecomesThreeAndThreeBecomeOne() throws Exception {
        MemberProcess one = start("a");
        await("one owns all", () -> one.owned().size() == UNITS);
        MemberProcess two = start("b");
        MemberProcess three = start("c");
        await("three share", () -> isShared(one, two, three));

        one.end();
        await("two share", () -> isShared(two, three));
        assertThat(one.owned()).isEmpty();
        two.kill();
        await("one owns all again", () -> three.owned().size() == UNITS);
    }

    @Test
    void whoIsStoppedForLongerThanItsLeaseStandsDownWhenItWakesAndJoinsAgain() throws Exception {
        MemberProcess one = start("a");
        MemberProcess two = start("b");
        await("two share", () -> isShared(one, two));
        Map<String, Long> before = two.owned();
        int told = changes(two).size();

        two.signal("STOP");
        await("the other owns all", () -> one.owned().size() == UNITS);
        Map<String, Long> meanwhile = one.owned();
        two.signal("CONT");

        await("it was dropped", () -> two.lines().stream().anyMatch(line -> line.endsWith(" DROPPED")));
        await("two share again", () -> isShared(one, two));
        Map<String, Long> after = two.owned();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after).allSatisfy((unit, epoch) -> assertThat(epoch)
                .as(unit)
                .isGreaterThan(meanwhile.get(unit))
                .isGreaterThan(before.get(unit)));
        // All was given up before anything was gained anew.
        assertThat(changes(two).subList(told, told + before.size())).allMatch(line -> line.endsWith(" DROPPED"));
    }

    private static List<String> changes(MemberProcess member) {
        return member.lines().stream()
                .filter(line -> line.startsWith("gained") || line.startsWith("lost"))
                .toList();
    }

    @Test
    void ofTwoWithOneNameTheSecondStandsByAndSaysSo() throws Exception {
        MemberProcess first = start("a");
        await("the first owns all", () -> first.owned().size() == UNITS);
        MemberProcess second = start("a");

        await("the second says so", () -> {
            second.askHealth();
            return second.lines().stream().anyMatch(line -> line.contains("another process is called a"));
        });
        assertThat(second.owned()).isEmpty();
        assertThat(first.owned()).hasSize(UNITS);

        first.kill();
        await("the second owns all", () -> second.owned().size() == UNITS);
    }
}
