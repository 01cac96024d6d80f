// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measure itself: what a run without faults makes of a manifest, and that what is missing or doubled is seen. */
class ManifestTest {
    @TempDir
    private Path folder;

    @Test
    void withoutFaultsNothingIsLostOrDoubled() throws Exception {
        Manifest manifest = Manifest.mixed(1, 3_000);

        LedgerContent content = LedgerContent.undisturbed(manifest, folder);

        assertThat(manifest.messages()).hasSize(3_000);
        assertThat(manifest.duplicates()).isBetween(25, 35);
        assertThat(manifest.unreadable()).isEqualTo(3);
        assertThat(content.lost(manifest)).isEmpty();
        assertThat(content.doubled()).isEmpty();
        assertThat(content.events()).hasSize(manifest.notifications().size());
        assertThat(content.sums()).containsKeys("memory", "memory.usage");
    }

    @Test
    void whatIsMissingOrThereTwiceIsSeen() throws Exception {
        Manifest manifest = Manifest.mixed(2, 300);
        LedgerContent whole = LedgerContent.undisturbed(manifest, folder);
        List<?> events = whole.events();

        LedgerContent less = new LedgerContent(
                whole.events().subList(1, events.size()), whole.samples(), whole.recovery(), whole.gaps());
        LedgerContent more =
                whole.and(whole.events().subList(0, 1), whole.samples().subList(0, 1));

        assertThat(less.lost(manifest))
                .containsExactly(whole.events().getFirst().id().text());
        assertThat(less.differences(whole)).hasSize(1);
        assertThat(more.doubled()).hasSize(2);
        assertThat(more.sums()).isNotEqualTo(whole.sums());
        assertThat(more.differences(whole)).hasSize(2);
    }
}
