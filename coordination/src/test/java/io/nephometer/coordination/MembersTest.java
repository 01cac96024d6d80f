// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MembersTest {
    private static final Member A = new Member("a", "1", Set.of("central", "audit"));
    private static final Member B_FIRST = new Member("b", "2", Set.of("audit"));
    private static final Member B_SECOND = new Member("b", "1", Set.of("central"));
    private static final Members ALL =
            new Members(List.of(new Presence(B_SECOND, 9), new Presence(B_FIRST, 4), new Presence(A, 7)), 12);

    @Test
    void areSortedByNameAndAge() {
        assertThat(ALL.live()).extracting(Presence::member).containsExactly(A, B_FIRST, B_SECOND);
        assertThat(ALL.names()).containsExactly("a", "b");
    }

    @Test
    void whoCameFirstActsForAName() {
        assertThat(ALL.holder("b")).contains(new Presence(B_FIRST, 4));
        assertThat(ALL.acts(B_FIRST)).isTrue();
        assertThat(ALL.acts(B_SECOND)).isFalse();
        assertThat(ALL.holder("c")).isEmpty();
    }

    @Test
    void whoCameFirstButDoesSomethingElseIsNotInTheWay() {
        assertThat(ALL.in("central").acts(B_SECOND)).isTrue();
        assertThat(ALL.in("central").names()).containsExactly("a", "b");
        assertThat(ALL.in("central").revision()).isEqualTo(12);
        assertThat(ALL.in("publish").live()).isEmpty();
    }

    @Test
    void aProcessIsFoundWhateverItTakesPartIn() {
        assertThat(ALL.of(A.in(Set.of()))).contains(new Presence(A, 7));
        assertThat(ALL.of(new Member("a", "2", Set.of("central")))).isEmpty();
    }

    @Test
    void twoStartsOfOneProcessDiffer() {
        Member one = Member.starting("a", Set.of());

        assertThat(one.isSameProcess(Member.starting("a", Set.of()))).isFalse();
        assertThat(one.isSameProcess(one.in(Set.of("audit")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Central", "a,b", "1a"})
    void aGroupIsAPlainWord(String group) {
        assertThatThrownBy(() -> Member.starting("a", Set.of(group)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group");
    }

    @Test
    void aNameSaysSomething() {
        assertThatThrownBy(() -> Member.starting(" ", Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Member.starting("x".repeat(256), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Member("a", "no/slash", Set.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
